import { unreachable } from '../kernel/bug.js'
import type { Type } from '../model/type.js'
import { capitalised } from './words.js'

const counted = (count: number, noun: string): string => {
  if (count === 1) return `1 ${noun}`
  return `${count} ${noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`}`
}

/** How many of something: `1 to 32 characters`, `at most 10 items`; null without limits. */
const countWords = (min: number | null, max: number | null, noun: string): string | null => {
  if (min !== null && min === max) return `exactly ${counted(min, noun)}`
  if (min !== null && max !== null) return `${min} to ${counted(max, noun)}`
  if (max !== null) return `at most ${counted(max, noun)}`
  return min === null ? null : `at least ${counted(min, noun)}`
}

const rangeWords = (min: number | bigint | string | null, max: number | bigint | string | null): string | null => {
  if (min !== null && max !== null) return `${min} to ${max}`
  if (max !== null) return `at most ${max}`
  return min === null ? null : `at least ${min}`
}

type Words = readonly (string | null)[]

const itemNoun = (of: Type): string => {
  if (of.kind === 'format') return { url: 'URL', email: 'address', color: 'color' }[of.format]
  return 'item'
}

const formatWords = { url: 'an http or https URL', email: 'an email address', color: 'a color, `#rgb` or `#rrggbb`' }

const wordsOf = (type: Type): Words => {
  switch (type.kind) {
    case 'text':
      return [
        type.form === 'char'
          ? countWords(type.maxLength, type.maxLength, 'character')
          : countWords(type.minLength, type.maxLength, 'character'),
        type.pattern === null ? null : `matches \`/${type.pattern.source}/u\``,
      ]
    case 'format':
      return [formatWords[type.format], countWords(type.minLength, type.maxLength, 'character')]
    case 'integer':
    case 'float':
      return [rangeWords(type.min, type.max)]
    case 'bigint':
      return [type.form === 'bitfield' ? 'a field of flags' : null, rangeWords(type.min, type.max)]
    case 'decimal':
      return [`a decimal of ${type.precision} digits, ${type.scale} after the point`, rangeWords(type.min, type.max)]
    case 'duration':
      return [`in ${type.unit === 'ms' ? 'milliseconds' : type.unit}`, rangeWords(type.min, type.max)]
    case 'date':
      return ['a day, `YYYY-MM-DD`']
    case 'time':
      return ['a time of day, `HH:MM:SS`']
    case 'list':
      return [
        countWords(type.minItems, type.maxItems, itemNoun(type.of)),
        ...inner(wordsOf(type.of), type.of.kind === 'format' && type.maxItems !== null ? 1 : 0),
      ]
    case 'map':
      return [countWords(type.minItems, type.maxItems, 'entry'), ...inner(wordsOf(type.of), 0)]
    case 'bytes':
      return [countWords(type.minLength, type.maxLength, 'byte')]
    case 'vector':
      return [countWords(type.dimensions, type.dimensions, 'number')]
    case 'snowflake':
    case 'identity':
    case 'uuid':
    case 'objectid':
    case 'boolean':
    case 'timestamp':
    case 'json':
    case 'object':
    case 'enum':
    case 'union':
      return []
    default:
      return unreachable(type)
  }
}

/** What is said of the things inside, but for the first `skip` that were said already. */
const inner = (words: Words, skip: number): Words =>
  words.slice(skip).map((said) => (said === null ? null : `each ${said}`))

const sentence = (words: string): string => `${capitalised(words)}.`

/** What a reader cannot see from a value's TypeScript type, as sentences: its limits, its form, its unit. */
export const limitSentences = (type: Type): readonly string[] =>
  wordsOf(type)
    .filter((words): words is string => words !== null)
    .map(sentence)
