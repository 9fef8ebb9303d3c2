import { Option } from 'commander'
import { visibleLine } from '../../kernel/safe/visible.js'
import type { Generated, GenerateOptions } from '../../pipeline/generate.js'
import { type Act, type AddCommand, type FormatOptions, formatOf } from '../command.js'
import { type OutsideOptions, withJson, withSets, withVerbose } from '../options.js'
import type { Paint } from '../output/paint.js'
import { setLine, upToDate } from '../output/set-line.js'
import type { Report } from '../report.js'
import { allowingOutside, type Session } from '../session.js'
import type { WatchAlso } from '../watch.js'

interface Options extends FormatOptions, OutsideOptions {
  readonly dryRun?: true
  readonly force?: true
  readonly watch?: true
}

type Outcome = NonNullable<Generated['outcome']>

const changesText = ({ written, removed }: Outcome, { dryRun }: GenerateOptions): string => {
  if (written.length + removed.length === 0) return upToDate
  const counts = [
    ...(written.length > 0 ? [`${written.length} ${dryRun ? 'to write' : 'written'}`] : []),
    ...(removed.length > 0 ? [`${removed.length} ${dryRun ? 'to remove' : 'removed'}`] : []),
  ]
  return counts.join(', ')
}

const planLines = ({ output, written, removed }: Outcome, paint: Paint): string =>
  [
    ...written.map((path) => `  ${paint.green('write')}  ${visibleLine(`${output}/${path}`)}\n`),
    ...removed.map((path) => `  ${paint.red('remove')} ${visibleLine(`${output}/${path}`)}\n`),
  ].join('')

const setText = (folder: string, { outcome }: Generated, options: GenerateOptions, paint: Paint): string => {
  if (outcome === null) return `${paint.bold(visibleLine(folder))}: ${paint.red('nothing written')}\n`
  return setLine(outcome, changesText(outcome, options), paint) + (options.dryRun ? planLines(outcome, paint) : '')
}

interface Done {
  readonly report: Report
  readonly outputs: readonly string[]
}

const generate = async (
  { host, paths }: Session,
  given: readonly string[],
  options: GenerateOptions,
): Promise<Done> => {
  const { eachSet } = await import('../../pipeline/each-set.js')
  const { generateSet } = await import('../../pipeline/generate.js')
  const { diagnostics, sets } = await eachSet(host, paths(given), (folder, claims) =>
    generateSet(host, folder, claims, options),
  )
  const outcomes = sets.flatMap(({ result }) => result.outcome ?? [])
  const report: Report = {
    diagnostics,
    notices: [],
    sets: sets.map(({ folder }) => folder),
    data: { sets: outcomes },
    text: (paint) => sets.map(({ folder, result }) => setText(folder, result, options, paint)).join(''),
  }
  return { report, outputs: outcomes.map(({ output }) => output) }
}

/** The folders that the sets take in from elsewhere. */
const foldersTakenIn = async ({ host, paths }: Session, given: readonly string[]): Promise<readonly string[]> => {
  const { discoverSets } = await import('../../pipeline/discover.js')
  const { foldersUsed } = await import('../../pipeline/uses.js')
  return discoverSets(host, paths(given)).folders.flatMap((folder) => foldersUsed(host, folder))
}

const act = async (run: Act, given: readonly string[], options: Options): Promise<void> => {
  const changes = { dryRun: options.dryRun === true, force: options.force === true }
  const once = async (watchAlso?: WatchAlso): Promise<readonly string[]> => {
    let outputs: readonly string[] = []
    await run(formatOf(options), async (plain) => {
      const session = allowingOutside(plain, options)
      await watchAlso?.(await foldersTakenIn(session, given))
      const done = await generate(session, given, changes)
      outputs = done.outputs
      return done.report
    })
    return outputs
  }
  if (options.watch !== true) await once()
  else await (await import('../watch.js')).runOnChanges(given.length === 0 ? ['.'] : given, once)
}

export const addGenerate: AddCommand = (program, run) => {
  withSets(withVerbose(withJson(program.command('generate'))))
    .description('write the outputs of schema sets; files that are as they should be are not touched')
    .option('--dry-run', 'only say what would be written and removed')
    .option('--force', 'overwrite and remove files that were changed by hand')
    .addOption(new Option('--watch', 'generate again whenever a definition changes').conflicts('json'))
    .action((given: readonly string[], options: Options) => act(run, given, options))
}
