// Loaded into each measured process with `--import`: writes the process's peak resident memory, in KiB, when it ends.
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const file = process.env['BENCH_MEMORY_FILE']
  if (file) writeFileSync(file, String(process.resourceUsage().maxRSS))
})
