import { type Evidence, fileAt } from '../verify/proof.js'

/** An output that a judge speaks for is not there, or has not what the set asks of it: the set was changed since, or the output. */
export class OutputMissing extends Error {
  override readonly name = 'OutputMissing'
}

/** The text of an output. @throws OutputMissing */
export const textOf = (evidence: Evidence, path: string): string => {
  const file = fileAt(evidence, path)
  if (file === undefined) throw new OutputMissing(`there is no ${path}`)
  return file.text
}
