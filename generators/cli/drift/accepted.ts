import { report } from '../../kernel/diagnostic.js'
import { wholeOf } from '../../kernel/source.js'
import { decode } from '../../language/index.js'
import { type Baseline, readBaseline } from '../../pipeline/drift/baseline.js'
import { HostFailure } from '../../pipeline/host.js'
import type { Session } from '../session.js'

/** The findings that the file of `--baseline` accepts; none without one. */
export const readAccepted = ({ host, paths }: Session, given: string | undefined): Baseline => {
  if (given === undefined) return { accepted: [], diagnostics: [] }
  const [path = given] = paths([given])
  const refused = (problem: string): Baseline => ({
    accepted: [],
    diagnostics: [report('baseline-refused', wholeOf({ path, text: '' }), { problem })],
  })
  try {
    const bytes = host.files.read(path)
    if (bytes === null) return refused('there is no such file')
    const decoded = decode(path, bytes)
    return 'text' in decoded
      ? readBaseline({ path, text: decoded.text })
      : { accepted: [], diagnostics: [decoded.diagnostic] }
  } catch (failure) {
    if (failure instanceof HostFailure) return refused(failure.reason)
    throw failure
  }
}
