import type { AddCommand, FormatOptions } from '../command.js'
import { formatOf } from '../command.js'
import { withJson } from '../options.js'
import type { Report } from '../report.js'

const nothing = { diagnostics: [], notices: [], sets: [] } as const

const explainCode = async (name: string): Promise<Report> => {
  const { catalogue, isCode } = await import('../../kernel/catalogue/index.js')
  if (!isCode(name)) {
    const { report } = await import('../../kernel/diagnostic.js')
    const { nearest } = await import('../../kernel/nearest.js')
    const near = nearest(name, Object.keys(catalogue))
    return {
      ...nothing,
      diagnostics: [report('unknown-code', null, { name, nearest: near })],
      data: {},
      text: () => '',
    }
  }
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

export const addExplain: AddCommand = (program, act) => {
  withJson(program.command('explain'))
    .description('say what a diagnostic means and how to mend it; without a code, list all codes')
    .argument('[code]', 'the code of a diagnostic, such as `unknown-type`')
    .action((code: string | undefined, options: FormatOptions) =>
      act(formatOf(options), () => (code === undefined ? listCodes() : explainCode(code))),
    )
}
