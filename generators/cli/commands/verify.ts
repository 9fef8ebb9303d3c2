import { type Command, InvalidArgumentError, Option } from 'commander'
import { visibleLine } from '../../kernel/safe/visible.js'
import type { Asked } from '../../pipeline/conformance/index.js'
import type { ProofOutcome, Verified } from '../../pipeline/verify/index.js'
import { type AddCommand, type FormatOptions, formatOf } from '../command.js'
import { type OutsideOptions, withJson, withSets, withVerbose } from '../options.js'
import { conformanceText } from '../output/conformance.js'
import type { Paint } from '../output/paint.js'
import type { Report } from '../report.js'
import { readDuration } from '../retention/arguments.js'
import { allowingOutside, type Session } from '../session.js'

interface Options extends FormatOptions, OutsideOptions {
  readonly conformance?: true
  readonly runs?: number
  readonly seed?: number
  /** Milliseconds. */
  readonly queryTimeout?: number
}

const proofLines = ({ title, held, findings, unproved }: ProofOutcome, paint: Paint): string => {
  const failed = findings > 0 ? `  ${paint.red('✗')} ${title}\n` : ''
  const verdict = held === null ? failed : `  ${paint.green('✓')} ${title} (${held})\n`
  return verdict + unproved.map((sentence) => `  ${paint.yellow('?')} not proved: ${visibleLine(sentence)}\n`).join('')
}

const setText = (folder: string, { outcome }: Verified, paint: Paint): string => {
  if (outcome === null) return `${paint.bold(visibleLine(folder))}: ${paint.red('nothing proved')}\n`
  const proofs = outcome.proofs.map((proof) => proofLines(proof, paint)).join('')
  const asked = outcome.conformance === null ? '' : conformanceText(outcome.conformance, paint)
  return `${paint.bold(visibleLine(folder))} → ${visibleLine(outcome.output)}\n${proofs}${asked}`
}

const verify = async (
  { host, paths, terminal }: Session,
  given: readonly string[],
  asked: Asked | null,
  limit: number | undefined,
): Promise<Report> => {
  const { defaultLimit, verifySets } = await import('../../pipeline/verify/index.js')
  const openProver = await terminal.openProver()
  const { diagnostics, sets } = await verifySets(host, paths(given), {
    asked,
    limit: limit ?? defaultLimit,
    openProver,
  })
  return {
    diagnostics,
    notices: [],
    sets: sets.map(({ folder }) => folder),
    data: { sets: sets.flatMap(({ result }) => result.outcome ?? []) },
    text: (paint) => sets.map(({ folder, result }) => setText(folder, result, paint)).join(''),
  }
}

/** A seed has 31 bits, of which fast-check takes 32. */
const largestSeed = 2 ** 31 - 1
const mostRuns = 1_000_000

const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
    if (number >= least && number <= most) return number
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${most}.`)
  }

/** What all targets are asked; a seed that nobody said is another one each time. */
const askedBy = (command: Command, { conformance, runs, seed }: Options): Asked | null => {
  if (conformance === true) return { runs: runs ?? 100, seed: seed ?? Math.floor(Math.random() * largestSeed) }
  const idle = runs !== undefined ? '--runs' : seed !== undefined ? '--seed' : null
  if (idle !== null) command.error(`error: option '${idle}' says how '--conformance' asks, which is not given`)
  return null
}

export const addVerify: AddCommand = (program, act) => {
  withSets(withVerbose(withJson(program.command('verify'))))
    .description('prove outputs: run the SQL, compile the types, load the models, put the examples through everything')
    .option('--conformance', 'ask all targets about rows at the corners of each type and at random: they must agree')
    .addOption(
      new Option('--runs <number>', 'rows of each entity that --conformance asks about (default: 100)').argParser(
        wholeNumber(1, mostRuns),
      ),
    )
    .addOption(
      new Option('--seed <number>', 'what --conformance draws at random: the same rows for the same seed').argParser(
        wholeNumber(0, largestSeed),
      ),
    )
    .addOption(
      new Option(
        '--query-timeout <duration>',
        'how long a query may run, such as `5s` or `2m` (default: 60s)',
      ).argParser(readDuration),
    )
    .action((sets: readonly string[], options: Options, command: Command) => {
      const asked = askedBy(command, options)
      return act(formatOf(options), (session) =>
        verify(allowingOutside(session, options), sets, asked, options.queryTimeout),
      )
    })
}
