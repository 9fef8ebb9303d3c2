import { describe, expect, test } from 'vitest'
import { parseFieldText } from '../../../generators/language/resolve/type-text.js'

const parsed = (text: string) => {
  const result = parseFieldText(text)
  if (!result.ok) throw new Error(result.problem.message)
  const { type, nullable, default: written } = result.value
  return { type, nullable, default: written && text.slice(written.start, written.end) }
}

const problem = (text: string) => {
  const result = parseFieldText(text)
  return result.ok ? null : { message: result.problem.message, at: text.slice(0, result.problem.start) }
}

describe('the short form of a field', () => {
  test.each([
    ['text', 'text', false, null],
    ['string(512)?', 'string', true, null],
    ['boolean = true', 'boolean', false, 'true'],
    ['text? = a = b', 'text', true, 'a = b'],
    ["text = ''", 'text', false, ''],
    ["text = 'a, b'", 'text', false, 'a, b'],
    ['integer=next(guild_id)', 'integer', false, 'next(guild_id)'],
    ['  uuid  ', 'uuid', false, null],
  ])('%s', (text, name, nullable, written) => {
    expect(parsed(text)).toMatchObject({ type: { name }, nullable, default: written })
  })

  test('what stands in brackets is cut at commas, quotes hold together', () => {
    const { type } = parsed('enum(a b, "c, d", \'e)\')')
    expect(type.arguments?.map(({ text, quoted }) => [text, quoted])).toEqual([
      ['a b', false],
      ['c, d', true],
      ['e)', true],
    ])
  })

  test('angle brackets hold types, with the place of each', () => {
    const text = 'union< list<url>, map<ref(chat.chat_id)> >'
    const [list, map] = parsed(text).type.inner ?? []
    expect([list, map].map((inner) => text.slice(inner?.start, inner?.end))).toEqual([
      'list<url>',
      'map<ref(chat.chat_id)>',
    ])
    expect(map?.inner?.[0]?.arguments?.[0]?.text).toBe('chat.chat_id')
  })

  test.each([
    ['', 'expected the name of a type here', ''],
    ['list<>', 'expected the name of a type here', 'list<'],
    ['list<text?>', 'expected `,` or `>` here', 'list<text'],
    ['enum(a,,b)', 'a value is missing here', 'enum(a,'],
    ["enum('a)", 'the quote is not closed', 'enum('],
    ['text or null', 'expected `?`, `= default` or the end here', 'text '],
    ['text =', 'a default is missing after the `=`', 'text '],
  ])('%s is refused at its place', (text, message, at) => {
    expect(problem(text)).toEqual({ message, at })
  })

  test('nesting is bounded', () => {
    expect(problem(`${'list<'.repeat(5000)}text`)?.message).toMatch(/more than 20 deep/)
  })
})
