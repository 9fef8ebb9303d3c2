import type { Diagnostic } from '../../kernel/diagnostic.js'
import { guarded } from '../guard.js'
import { type Host, HostFailure } from '../host.js'
import { foldersAbove } from '../paths.js'
import type { InitPlan } from './plan.js'
import type { PlannedChange } from './standing.js'

const isSameBytes = (a: Uint8Array | null, b: Uint8Array | null): boolean =>
  a === null || b === null ? a === b : Buffer.compare(a, b) === 0

/** Between the plan and the answer to it somebody else may have written. */
const refuseChanged = (host: Host, changes: readonly PlannedChange[]): void => {
  for (const { path, before } of changes) {
    if (!isSameBytes(host.files.read(path), before))
      throw new HostFailure(path, 'it was changed since the plan was made')
  }
}

/** The folder that all of a plan is written below: the project's. */
const rootOf = (host: Host): string => host.files.real('.')

const takeBack = (host: Host, { path, before }: PlannedChange): void => {
  const root = rootOf(host)
  if (before !== null) host.files.write(root, '.', path, new TextDecoder('utf-8', { ignoreBOM: true }).decode(before))
  else host.files.remove(root, path)
  for (const folder of foldersAbove(path)) host.files.removeEmptyFolder(root, folder)
}

/** Takes back what was written, as far as the world lets it: what it refuses now it would refuse again. */
const takeAllBack = (host: Host, written: readonly PlannedChange[]): void => {
  for (const change of [...written].reverse()) {
    try {
      takeBack(host, change)
    } catch (failure) {
      if (!(failure instanceof HostFailure)) throw failure
    }
  }
}

const writeAll = (host: Host, changes: readonly PlannedChange[]): void => {
  const written: PlannedChange[] = []
  try {
    for (const change of changes) {
      host.files.write(rootOf(host), '.', change.path, change.text)
      written.push(change)
    }
  } catch (failure) {
    takeAllBack(host, written)
    throw failure
  }
}

/** Carries out a plan: every file whole, and all of them or, where the world refuses one, none. */
export const writeInit = (host: Host, { changes, choices }: InitPlan): Promise<readonly Diagnostic[]> =>
  guarded<readonly Diagnostic[]>(
    () =>
      host.withLock(choices.folder, async () => {
        const wanted = changes.filter(({ change }) => change !== 'keep')
        refuseChanged(host, wanted)
        writeAll(host, wanted)
        return []
      }),
    (diagnostic) => [diagnostic],
  )
