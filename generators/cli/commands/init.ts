import { Option } from 'commander'
import type { Diagnostic } from '../../kernel/diagnostic.js'
import type { InitPlan } from '../../pipeline/init/index.js'
import { type AddCommand, formatOf } from '../command.js'
import type { InitOptions } from '../init/options.js'
import type { Questions } from '../init/questions.js'
import { collected, withJson } from '../options.js'
import { paintFor } from '../output/paint.js'
import type { Report } from '../report.js'
import type { Session } from '../session.js'
import { isColoured } from '../terminal.js'
import { packageRange } from '../version.js'

const refused = (diagnostics: readonly Diagnostic[]): Report => ({
  diagnostics,
  notices: [],
  sets: [],
  data: {},
  text: () => (diagnostics.some(({ at }) => at !== null) ? 'Nothing was written.\n' : ''),
})

const dataOf = (plan: InitPlan, output: string): Report['data'] => {
  const { changes, choices, module, modules } = plan
  const pathsOf = (wanted: (typeof changes)[number]['change']): readonly string[] =>
    changes.filter(({ change }) => change === wanted).map(({ path }) => path)
  const { copy: copied, folder, imports, name, stores } = choices
  return {
    set: { folder, name, output, stores, module, imports, modules, copied },
    written: pathsOf('write'),
    changed: pathsOf('change'),
    kept: pathsOf('keep'),
  }
}

/** Where somebody is there to answer and was not told to be left alone. */
const questionsFor = async ({ terminal }: Session, { json, dryRun, yes }: InitOptions): Promise<Questions | null> => {
  const conversation = json || dryRun || yes ? null : terminal.conversation()
  return conversation === null ? null : (await import('../init/questions.js')).questionsOn(conversation)
}

const init = async (session: Session, given: string | undefined, options: InitOptions): Promise<Report> => {
  const { host, terminal } = session
  const { planInit, readLibrary, writeInit } = await import('../../pipeline/init/index.js')
  const { choose } = await import('../init/choose.js')
  const { nextText, outputOf, planText } = await import('../init/text.js')
  const questions = await questionsFor(session, options)
  const chosen = await choose(session, given, options, readLibrary(host), questions)
  if (chosen.value === null) return refused(chosen.diagnostics)
  const { value: plan, diagnostics } = await planInit(host, chosen.value, packageRange, options.force === true)
  if (plan === null) return refused(diagnostics)
  const report: Report = {
    diagnostics: [],
    notices: [],
    sets: [plan.choices.folder],
    data: dataOf(plan, outputOf(plan)),
    text: (paint) => planText(plan, paint) + (options.dryRun ? '' : nextText(plan, paint)),
  }
  if (options.dryRun) return report
  if (questions !== null) {
    const paint = paintFor(isColoured(terminal.stderr, terminal.environment))
    if (!(await questions.goOn(planText(plan, paint)))) return { ...refused([]), text: () => 'Nothing was written.\n' }
  }
  const failed = await writeInit(host, plan)
  if (failed.length > 0) return refused(failed)
  return questions === null ? report : { ...report, text: (paint) => nextText(plan, paint) }
}

export const addInit: AddCommand = (program, act) => {
  withJson(program.command('init'))
    .description('write a new schema set, ready to generate: what most bots keep comes from the library')
    .argument('[folder]', 'the folder of the set; `schemas/` and the name of the current folder by default')
    .addOption(
      new Option(
        '--with <modules>',
        'modules of the library, with commas between them, such as `guilds,members`; or `none`',
      ).argParser(collected),
    )
    .addOption(
      new Option('--store <store>', 'where the data is kept; both by default').choices(['postgres', 'mongo', 'both']),
    )
    .option('--copy', 'copy the modules into the set, to be changed there, instead of linking them')
    .addOption(
      new Option('--module <kind>', 'what the emitted TypeScript is for; by default what package.json says').choices([
        'esm',
        'cjs',
      ]),
    )
    .addOption(
      new Option(
        '--imports <ending>',
        'how imports between emitted files end: `js` by default, or `ts`, with which Node 22.18 or later runs them as they are',
      ).choices(['js', 'ts']),
    )
    .option('--javascript', 'add the step that makes JavaScript of the outputs')
    .option('--force', 'overwrite files that are there and say something else')
    .option('--dry-run', 'only say what would be written')
    .option('-y, --yes', 'ask nothing')
    .action((folder: string | undefined, options: InitOptions) =>
      act(formatOf(options), (session) => init(session, folder, options)),
    )
}
