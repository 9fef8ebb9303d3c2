import { unreachable } from '../kernel/bug.js'
import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { type Span, wholeOf } from '../kernel/source.js'
import type { FileState } from './compare.js'
import { join } from './paths.js'

const placeOf = (output: string, path: string): Span => wholeOf({ path: join(output, path), text: '' })

/** What `check` says of a file: everything but `current` is a finding. */
export const checkFindings = (output: string, state: FileState): readonly Diagnostic[] => {
  const at = placeOf(output, state.path)
  switch (state.kind) {
    case 'current':
      return []
    case 'missing':
      return [report('output-missing', at, {})]
    case 'stale':
      return [report('output-stale', at, {})]
    case 'edited':
      return [report('output-edited', at, {})]
    case 'orphaned':
      return [report('output-orphaned', at, { edited: state.edited })]
    case 'foreign':
      return [report('output-foreign', at, {})]
    case 'blocked':
      return [report('output-blocked', at, { by: state.by })]
    default:
      return unreachable(state)
  }
}

/** Why `generate` must not touch a file: somebody's work would be lost, or the write would leave the output folder. */
export const refusals = (output: string, state: FileState, force: boolean): readonly Diagnostic[] => {
  switch (state.kind) {
    case 'current':
    case 'missing':
    case 'stale':
    case 'foreign':
      return []
    case 'edited':
      return force ? [] : checkFindings(output, state)
    case 'orphaned':
      return state.edited && !force ? checkFindings(output, state) : []
    case 'blocked':
      return checkFindings(output, state)
    default:
      return unreachable(state)
  }
}
