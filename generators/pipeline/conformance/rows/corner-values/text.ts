import type { FormatType, TextType } from '../../../../model/type.js'
import { inCode, same } from '../sample.js'
import { type Corners, texts } from './list.js'

/** What is of no text type: drivers write all of it as text. */
const notText: Corners = [same(5), same(true), same(['a']), same({ a: 'b' }), inCode(new Date(0)), inCode(5n)]

/** NUL, and halves of surrogate pairs. */
const unstorable = texts('a\0b', '\ud83d', '\ude00a', 'a\ud800')

const repeated = (part: string, count: number): string => part.repeat(Math.max(count, 0))

/** Texts of so many characters, each more than one code unit or one byte, or joined with its neighbours. */
const ofLength = (length: number): readonly string[] => [
  repeated('a', length),
  repeated('\u{1f600}', length),
  repeated('\u0301', length),
  repeated('ß', length),
]

const lengthCorners = (shortest: number | null, longest: number | null): readonly string[] => [
  ...(shortest === null ? [] : [...ofLength(shortest), ...ofLength(shortest - 1)]),
  ...(longest === null || longest > 5000
    ? []
    : [...ofLength(longest), ...ofLength(longest + 1), `${repeated('a', longest)} `, `${repeated('a', longest - 1)} `]),
]

/** Spaces, marks, lengths and what texts of SQL mean. */
export const textCorners = (type: TextType): Corners => [
  ...texts(
    '',
    ' ',
    ' a ',
    'a\n',
    '\n',
    '\u{1f600}',
    'e\u0301',
    'İ',
    '\u200b',
    '\ufeff',
    "'; --",
    '\\',
    '{}',
    'NULL',
    'null',
  ),
  ...texts(...lengthCorners(type.form === 'char' ? type.maxLength : type.minLength, type.maxLength)),
  ...unstorable,
  ...(type.maxLength === null || type.maxLength > 5000
    ? []
    : texts(...['\0', '\ud800'].map((last) => last.padStart(type.maxLength ?? 0, 'a')))),
  ...notText,
]

const formatTexts: Readonly<Record<FormatType['format'], readonly string[]>> = {
  url: [
    'http://',
    'https://a',
    'HTTPS://a.b',
    'ftp://a.b',
    'https://a b',
    'https://a\n',
    '\nhttps://a',
    'https://a\u00a0b',
    'https://a\u2028b',
    'https://\u{1f600}',
    'javascript:x',
    'x https://a',
  ],
  email: ['a@b', 'a@b.c', 'a@b.c\n', '@b.c', 'a@', 'a b@c.d', 'a@b@c.d', 'ü@ö.de', 'a@b..c', '"a b"@c.d', 'a@\u00a0.c'],
  color: ['#000', '#ABCDEF', '#abcd', '#12345', '#1234567', 'fff', '#ggg', '#fff\n', '#FFF ', '＃fff', '#١١١'],
}

/** What is nearly of a form. */
export const formatCorners = (type: FormatType): Corners => [
  ...texts('', ...formatTexts[type.format]),
  ...(type.maxLength === null
    ? []
    : texts(...[0, 1].map((more) => `https://${repeated('a', (type.maxLength ?? 0) - 8 + more)}`))),
  ...unstorable,
  ...notText,
]
