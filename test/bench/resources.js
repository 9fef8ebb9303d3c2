// Loaded into a measured process with `--import`: writes what the process used in all its threads, when it ends.
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const file = process.env['BENCH_RESOURCES_FILE']
  if (!file) return
  const { maxRSS, systemCPUTime, userCPUTime } = process.resourceUsage()
  writeFileSync(file, JSON.stringify({ mebibytes: maxRSS / 1024, cpu: (userCPUTime + systemCPUTime) / 1000 }))
})
