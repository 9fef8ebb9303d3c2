import type { ProofOutcome, Verified } from '../../pipeline/verify/index.js'
import { type AddCommand, type FormatOptions, formatOf } from '../command.js'
import { setsArgument, withJson } from '../options.js'
import type { Paint } from '../output/paint.js'
import type { Report } from '../report.js'
import type { Session } from '../session.js'

const proofLines = ({ title, held, findings, unproved }: ProofOutcome, paint: Paint): string => {
  const verdict =
    findings > 0 ? `  ${paint.red('✗')} ${title}\n` : held !== null ? `  ${paint.green('✓')} ${title} (${held})\n` : ''
  return verdict + unproved.map((sentence) => `  ${paint.yellow('?')} not proved: ${sentence}\n`).join('')
}

const setText = (folder: string, { outcome }: Verified, paint: Paint): string => {
  if (outcome === null) return `${paint.bold(folder)}: ${paint.red('nothing proved')}\n`
  return `${paint.bold(folder)} → ${outcome.output}\n${outcome.proofs.map((proof) => proofLines(proof, paint)).join('')}`
}

const verify = async ({ host, paths }: Session, given: readonly string[]): Promise<Report> => {
  const { eachSet } = await import('../../pipeline/each-set.js')
  const { verifySet } = await import('../../pipeline/verify/index.js')
  const { diagnostics, sets } = await eachSet(host, paths(given), (folder) => verifySet(host, folder))
  return {
    diagnostics,
    notices: [],
    sets: sets.map(({ folder }) => folder),
    data: { sets: sets.flatMap(({ result }) => result.outcome ?? []) },
    text: (paint) => sets.map(({ folder, result }) => setText(folder, result, paint)).join(''),
  }
}

export const addVerify: AddCommand = (program, act) => {
  withJson(program.command('verify'))
    .description('prove outputs: run the SQL, compile the types, load the models, put the examples through everything')
    .argument(...setsArgument)
    .action((sets: readonly string[], options: FormatOptions) =>
      act(formatOf(options), (session) => verify(session, sets)),
    )
}
