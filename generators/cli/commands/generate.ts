import type { Generated, GenerateOptions } from '../../pipeline/generate.js'
import { type AddCommand, type Context, type FormatOptions, formatOf } from '../command.js'
import { setsArgument, withJson } from '../options.js'
import type { Paint } from '../output/paint.js'
import type { Report } from '../report.js'

interface Options extends FormatOptions {
  readonly dryRun?: true
  readonly force?: true
}

type Outcome = NonNullable<Generated['outcome']>

const changesText = ({ written, removed }: Outcome, { dryRun }: GenerateOptions): string => {
  if (written.length + removed.length === 0) return 'up to date'
  const counts = [
    ...(written.length > 0 ? [`${written.length} ${dryRun ? 'to write' : 'written'}`] : []),
    ...(removed.length > 0 ? [`${removed.length} ${dryRun ? 'to remove' : 'removed'}`] : []),
  ]
  return counts.join(', ')
}

const planLines = ({ output, written, removed }: Outcome, paint: Paint): readonly string[] => [
  ...written.map((path) => `  ${paint.green('write')}  ${output}/${path}`),
  ...removed.map((path) => `  ${paint.red('remove')} ${output}/${path}`),
]

const setLines = (folder: string, { outcome }: Generated, options: GenerateOptions, paint: Paint): readonly string[] =>
  outcome === null
    ? [`${paint.bold(folder)}: ${paint.red('nothing written')}`]
    : [
        `${paint.bold(folder)} → ${outcome.output}: ${outcome.files} files, ${changesText(outcome, options)}`,
        ...(options.dryRun ? planLines(outcome, paint) : []),
      ]

const generate = async (context: Context, given: readonly string[], options: GenerateOptions): Promise<Report> => {
  const { eachSet } = await import('../../pipeline/each-set.js')
  const { generateSet } = await import('../../pipeline/generate.js')
  const { host } = context
  const { diagnostics, sets } = await eachSet(host, context.paths(given), (folder, claims) =>
    generateSet(host, folder, claims, options),
  )
  return {
    diagnostics,
    notices: [],
    sets: sets.map(({ folder }) => folder),
    data: { sets: sets.flatMap(({ result }) => result.outcome ?? []) },
    text: (paint) =>
      sets.map(({ folder, result }) => `${setLines(folder, result, options, paint).join('\n')}\n`).join(''),
  }
}

export const addGenerate: AddCommand = (program, act) => {
  withJson(program.command('generate'))
    .description('write the outputs of schema sets; files that are as they should be are not touched')
    .argument(...setsArgument)
    .option('--dry-run', 'only say what would be written and removed')
    .option('--force', 'overwrite and remove files that were changed by hand')
    .action((sets: readonly string[], options: Options) =>
      act(formatOf(options), (context) =>
        generate(context, sets, { dryRun: options.dryRun === true, force: options.force === true }),
      ),
    )
}
