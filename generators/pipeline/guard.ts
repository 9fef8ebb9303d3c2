import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { HostFailure } from './host.js'

/** Runs work on the world; what the world refuses is a diagnostic of that work, and other sets go on. */
export const guarded = async <T>(work: () => Promise<T>, refused: (diagnostic: Diagnostic) => T): Promise<T> => {
  try {
    return await work()
  } catch (failure) {
    if (failure instanceof HostFailure) {
      return refused(report('file-refused', null, { path: failure.path, reason: failure.reason }))
    }
    throw failure
  }
}
