import { type Code, code, joined } from './code.js'

/** What the head of a function, and a call in it, may take of a line beside the name and the indent. */
const width = 86

const isShort = ({ text }: Code): boolean => text.length <= width && !text.includes('\n')

const indented = ({ text, imports }: Code, indent: string): Code => ({
  text: text.replace(/^(?=.)/gm, indent),
  imports,
})

const lines = (items: readonly Code[], indent: string): Code =>
  joined(
    items.map((item) => code`${indented(item, indent)},`),
    '\n',
  )

/** The head of an asynchronous function, broken into lines where it is long. */
export const signature = (parameters: readonly Code[], returns: Code): Code => {
  const line = code`async (${joined(parameters, ', ')}): Promise<${returns}> =>`
  return isShort(line) ? line : code`async (\n${lines(parameters, '  ')}\n): Promise<${returns}> =>`
}

/** A call as the body of such a function: on a line of its own, or an argument a line. */
export const called = (callee: Code, given: readonly Code[]): Code => {
  const line = code`${callee}(${joined(given, ', ')})`
  return isShort(line) ? line : code`${callee}(\n${lines(given, '  ')}\n)`
}

/** An asynchronous function that is one call. */
export const calling = (parameters: readonly Code[], returns: Code, call: Code): Code =>
  code`${signature(parameters, returns)}\n${indented(call, '  ')}`

/** An asynchronous function that takes what it is given through a schema first, and calls what uses it. */
export const parsing = (parameters: readonly Code[], returns: Code, parsed: Code, call: Code): Code =>
  code`${signature(parameters, returns)} {
  const given = ${parsed}
${indented(code`return ${call}`, '  ')}
}`

export const list = (items: readonly Code[]): Code => {
  const line = code`[${joined(items, ', ')}]`
  return isShort(line) ? line : code`[\n${lines(items, '  ')}\n]`
}
