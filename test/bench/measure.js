import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const resourcesFile = join(tmpdir(), `botschema-bench-${process.pid}.json`)
const resourcesHook = new URL('./resources.js', import.meta.url).href

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]

const runOnce = ({ args, cwd, env }, withResources) => {
  rmSync(resourcesFile, { force: true })
  const started = process.hrtime.bigint()
  const { status, stderr, stdout } = spawnSync(
    process.execPath,
    [...(withResources ? ['--import', resourcesHook] : []), ...args],
    {
      cwd,
      env: { ...process.env, ...env, BENCH_RESOURCES_FILE: resourcesFile },
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    },
  )
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6
  if (status !== 0)
    throw new Error(`${args.join(' ')} ended with ${status}\n${stdout.slice(-2000)}${stderr.slice(-2000)}`)
  return { milliseconds, ...(withResources ? JSON.parse(readFileSync(resourcesFile, 'utf8')) : {}) }
}

/**
 * Runs several commands in turn, A B C A B C …, so that a machine whose speed drifts slows all alike.
 *
 * @param commands by name: `{ args, cwd, env, before }`; `before` runs unmeasured ahead of each run
 * @returns by name: the median wall time in milliseconds; of one further run the peak memory in MiB and the CPU time in milliseconds
 */
export const measure = (commands, runs = 5) => {
  const names = Object.keys(commands)
  const times = Object.fromEntries(names.map((name) => [name, []]))
  const once = (name, withResources) => {
    commands[name].before?.()
    return runOnce(commands[name], withResources)
  }
  for (let run = 0; run < runs; run++) for (const name of names) times[name].push(once(name, false).milliseconds)
  return Object.fromEntries(names.map((name) => [name, { ...once(name, true), milliseconds: median(times[name]) }]))
}
