import type { AddCommand, FormatOptions } from '../command.js'
import { formatOf } from '../command.js'
import { type OutsideOptions, withJson, withSets } from '../options.js'
import type { Report } from '../report.js'
import { allowingOutside, type Session } from '../session.js'

const nothing = { diagnostics: [], notices: [], sets: [] } as const

const explainCode = async (name: string): Promise<Report | null> => {
  const { catalogue, isCode } = await import('../../kernel/catalogue/index.js')
  if (!isCode(name)) return null
  const { explanation, severity } = catalogue[name]
  return {
    ...nothing,
    data: { code: name, severity, explanation },
    text: (paint) => `${paint.bold(name)} (${severity})\n\n${explanation}\n`,
  }
}

const listCodes = async (): Promise<Report> => {
  const { catalogue } = await import('../../kernel/catalogue/index.js')
  const codes = Object.entries(catalogue)
    .map(([code, { severity }]) => ({ code, severity }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
  return { ...nothing, data: { codes }, text: () => codes.map(({ code }) => `${code}\n`).join('') }
}

const explain = async (session: Session, name: string, given: readonly string[]): Promise<Report> =>
  (await explainCode(name)) ?? (await import('../explain/index.js')).explainEntities(session, name, given)

export const addExplain: AddCommand = (program, act) => {
  const command = program
    .command('explain')
    .description(
      'say what a diagnostic means and how to mend it, or what the calls on an entity send to each store; alone, list all codes',
    )
    .argument('[what]', 'the code of a diagnostic, such as `unknown-type`, or the name of an entity')
  withSets(withJson(command)).action(
    (what: string | undefined, given: readonly string[], options: FormatOptions & OutsideOptions) =>
      act(formatOf(options), async (session) =>
        what === undefined ? listCodes() : explain(allowingOutside(session, options), what, given),
      ),
  )
}
