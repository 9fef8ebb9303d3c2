import { type Code, trusted } from '../script/code.js'
import { chained } from '../script/layout.js'

/** The calls at the end of a chain, each with its dot, and what they are called on. Texts and patterns are not looked into. */
const callsOf = (text: string): { readonly head: string; readonly calls: readonly string[] } | null => {
  if (/['"`/]/.test(text)) return null
  const dots: number[] = []
  let depth = 0
  for (const [index, character] of [...text].entries()) {
    if (/[([{]/.test(character)) depth += 1
    if (/[)\]}]/.test(character)) depth -= 1
    if (character === '.' && depth === 0) dots.push(index)
  }
  const calls = dots.map((dot, index) => text.slice(dot, dots[index + 1]))
  return calls.every((call) => call.endsWith(')')) ? { head: text.slice(0, dots[0]), calls } : null
}

/** Whether a call is given a function, or a call with an object: formatters count neither as simple. */
const isGivenMore = (call: string): boolean => /=>|\w\([^)]*\w\([^)]*\{|^\.\w+\(\w+\([^)]*\{/.test(call)

/** A chain of three calls of which one is given more than values stands on a line for each. */
export const chainCode = (value: Code): Code => {
  const chain = callsOf(value.text)
  if (chain === null) return value
  const all = chain.head.endsWith(')') ? [chain.head, ...chain.calls] : chain.calls
  if (all.length < 3 || !all.some(isGivenMore)) return value
  return chained(
    trusted(chain.head, value.imports),
    chain.calls.map((call) => trusted(call)),
  )
}
