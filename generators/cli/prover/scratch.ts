import { spawn } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageFolder } from '../host/identity.js'

/** A folder of nobody else's for processes to run in, and somebody who looks after them when this process is gone. */
export interface Scratch {
  readonly folder: string
  /** From now on this process is ended when this one ends; 0 for none. */
  readonly look: (id: number) => void
  readonly remove: () => void
}

const guardEntry = fileURLToPath(new URL('./guard.js', import.meta.url))

export const openScratch = (): Scratch => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'botschema-')))
  const guard = spawn(process.execPath, [guardEntry, folder], {
    cwd: packageFolder,
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.unref()
  guard.on('error', () => undefined)
  guard.stdin.on('error', () => undefined)
  return {
    folder,
    look: (id) => {
      guard.stdin.write(`${id}\n`)
    },
    remove: () => {
      guard.stdin.end('0\n')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
