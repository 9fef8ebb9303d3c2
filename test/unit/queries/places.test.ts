import { expect, it } from 'vitest'
import { spanOfText } from '../../../generators/kernel/place.js'
import { entityOf } from '../../../generators/model/lookup.js'
import { setOf } from '../../support/schema-sql.js'

const head = `entity: note
fields: { id: snowflake, text: text }
queries:
  asked:
    postgres: `

/** What the source has at the place of each word of the statement, whatever the scalar was written as. */
const wordsAtTheirPlaces = (scalar: string): void => {
  const { text, origin } = entityOf(setOf(head + scalar), 'note').queries[0]?.postgres ?? { text: '', origin: null }
  expect(text).toContain('WHERE')
  if (origin === null) return
  for (const { 0: word, index } of text.matchAll(/[\w:]+/g)) {
    const at = spanOfText(origin, text, index, index + word.length)
    expect(at.source.text.slice(at.start, at.end)).toBe(word)
  }
}

it.each([
  ['plain', "SELECT id FROM notes WHERE text = 'it'\n"],
  ['plain, of two lines', "SELECT id\n      FROM notes WHERE text = 'it'\n"],
  ['single quotes', "'SELECT id FROM notes WHERE text = ''it'' AND id > 1'\n"],
  ['double quotes', '"SELECT \\"id\\" FROM notes\\n  WHERE \\\n      text = \'it\'"\n'],
  ['a block', "|\n      SELECT id,\n        text\n\n      FROM notes -- all\n      WHERE text = 'it'\n"],
  [
    'a block with an indentation of its own',
    '|2- # as it is\n      SELECT id\n      FROM notes\n        WHERE id > 1\n',
  ],
  [
    'a folded block',
    "> # folded\n      SELECT id,\n      text\n\n      FROM notes\n        WHERE text = 'it'\n      AND id > 1\n",
  ],
  ['a block with line ends of Windows', "|\r\n      SELECT id\r\n      FROM notes\r\n      WHERE text = 'it'\r\n"],
  ['a block with signs of two units', "|\n      SELECT '😀', id FROM notes\n      WHERE text = '😀' AND id > 1\n"],
])('%s', (_, scalar) => wordsAtTheirPlaces(scalar))
