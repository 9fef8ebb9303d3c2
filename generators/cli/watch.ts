import { type Stats, statSync } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { FSWatcher } from 'chokidar'
import { isSkippedFolder } from '../pipeline/discover.js'
import { isWithin, join } from '../pipeline/paths.js'

/** Editors save in several steps: changes this close together, in milliseconds, are one. */
const settling = 50

const isFile = (path: string, stats: Stats | undefined): boolean =>
  (stats ?? statSync(path, { throwIfNoEntry: false }))?.isFile() === true

const isIgnored = (path: string, stats?: Stats): boolean => {
  const name = basename(path)
  if (name !== '.' && name !== '..' && isSkippedFolder(name)) return true
  return isFile(path, stats) && !/\.(?:ya?ml|md)$/.test(name)
}

/** The paths that changed, gathered between one look and the next. */
interface Changes {
  readonly gatherFrom: (watcher: FSWatcher) => void
  /** Waits for a change outside of all `outputs`. */
  readonly next: (outputs: ReadonlySet<string>) => Promise<void>
}

const openChanges = (): Changes => {
  const changed = new Set<string>()
  let events = 0
  let wake: () => void = () => undefined
  const gatherFrom = (watcher: FSWatcher): void =>
    void watcher.on('all', (event, path) => {
      if (event === 'addDir' || event === 'unlinkDir') return
      changed.add(join(path.replaceAll('\\', '/')))
      events++
      wake()
    })
  const nextEvent = (): Promise<void> =>
    new Promise((resume) => {
      wake = resume
    })
  const quiet = async (): Promise<void> => {
    for (let seen = -1; seen !== events; await wait(settling)) seen = events
  }
  const takeInputs = (outputs: ReadonlySet<string>): readonly string[] => {
    const taken = [...changed].filter((path) => ![...outputs].some((output) => isWithin(output, path)))
    changed.clear()
    return taken
  }
  return {
    gatherFrom,
    next: async (outputs) => {
      while (takeInputs(outputs).length === 0) {
        await nextEvent()
        await quiet()
      }
    },
  }
}

/** Watches more folders from now on; those that are watched already are left alone. */
export type WatchAlso = (folders: readonly string[]) => Promise<void>

/**
 * Runs at once, and again whenever a file of a set below the paths changes, or in a folder that `run` names before it reads
 * it; ends only with the process. `run` gives the output folders it wrote to, whose changes are its own.
 */
export const runOnChanges = async (
  paths: readonly string[],
  run: (watchAlso: WatchAlso) => Promise<readonly string[]>,
): Promise<never> => {
  const { watch } = await import('chokidar')
  const changes = openChanges()
  const watched = new Set<string>()
  const watchAlso: WatchAlso = async (folders) => {
    const more = folders.filter((folder) => !watched.has(folder))
    if (more.length === 0) return
    for (const folder of more) watched.add(folder)
    const watcher = watch(more, { ignored: isIgnored, ignoreInitial: true, followSymlinks: false })
    changes.gatherFrom(watcher)
    // Before it is ready, the watcher takes a change for what was there all along.
    await new Promise<void>((ready) => watcher.once('ready', ready))
  }
  await watchAlso(paths)
  const outputs = new Set<string>()
  for (;;) {
    for (const output of await run(watchAlso)) outputs.add(output)
    await changes.next(outputs)
  }
}
