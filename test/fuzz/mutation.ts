import fc from 'fast-check'
import { oddNames, oddTexts } from '../support/odd-texts.js'
import { corpus, isYaml, type SetTexts } from './corpus.js'

const kinds = [
  'drop-line',
  'repeat-line',
  'swap-lines',
  'move-line',
  'indent',
  'dedent',
  'drop-token',
  'repeat-token',
  'swap-tokens',
  'replace-token',
  'replace-value',
  'insert',
  'quote',
  'nest',
  'splice',
  'cut',
  'rename',
  'line-ends',
  'to-flow',
] as const

type Kind = (typeof kinds)[number]

/** One change of a set, as plain numbers that are taken modulo what there is: it fits every set, and shrinks. */
export interface Mutation {
  readonly kind: Kind
  /** Which file is changed. */
  readonly file: number
  /** Which line or token, and the other where there are two. */
  readonly at: number
  readonly to: number
  /** What is put in. */
  readonly piece: string
}

const words = [
  ...new Set(corpus.flatMap(({ texts }) => Object.values(texts).flatMap((text) => text.match(/[\w.]+/g) ?? []))),
]

const values = [
  ...new Set(
    corpus.flatMap(({ texts }) =>
      Object.values(texts).flatMap((text) => [...text.matchAll(/: (.+)$/gm)].map(([, value = '']) => value)),
    ),
  ),
]

const numbers = [
  ...['0', '-0', '-1', '1', '0.5', '-1.5', '1e3', '1e400', '-1e400', '.5', '5.', '+1', '0x1F', '0o17', '0123', '1_000'],
  ...['2147483648', '9007199254740993', '9223372036854775808', '18446744073709551616', '9'.repeat(400)],
  ...['NaN', '.nan', '.inf', '-.inf', 'Infinity', '1n', '1:30', '12:30:45', '2024-02-30', '0000-01-01', '99999-01-01'],
]

/** Characters that YAML, a terminal or a store has a problem with. */
const characters = [
  ...['\0', '\uFEFF', '\t', '\r', '\r\n', '\n', '\u0085', '\u2028', '\u202E', '\u2066', '\u200B', '\u001B', '\u007F'],
  ...['\uD83D', '\uDE00', '\uFFFE', '\uFFFF', '😀', 'e\u0301', ':', ': ', '- ', '? ', '!', '&a ', '*a', '#', ' #', '|'],
  ...['>', '%', '@', '`', '{', '}', '[', ']', '(', ')', ',', '"', "'", '\\', '~', '<<: ', '---\n', '...\n', '?', '='],
]

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...values) },
  { weight: 3, arbitrary: fc.constantFrom(...words) },
  { weight: 2, arbitrary: fc.constantFrom(...oddNames) },
  { weight: 2, arbitrary: fc.constantFrom(...characters) },
  { weight: 1, arbitrary: fc.constantFrom(...numbers) },
  { weight: 1, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
)

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(...kinds),
  file: fc.nat(),
  at: fc.nat(),
  to: fc.nat(),
  piece,
})

const pick = <T>(items: readonly T[], index: number): T | undefined => items[index % Math.max(1, items.length)]

const linesOf = (text: string): readonly string[] => text.split('\n')

/** Words, runs of blanks, and every other sign alone. */
const tokensOf = (text: string): readonly string[] => text.match(/[\w]+|[ \t]+|[^\w \t]/g) ?? []

const swapped = (items: readonly string[], a: number, b: number): readonly string[] => {
  const [first, second] = [a % items.length, b % items.length]
  return items.map((item, at) => (at === first ? (items[second] ?? '') : at === second ? (items[first] ?? '') : item))
}

const moved = (items: readonly string[], from: number, to: number): readonly string[] => {
  const rest = items.toSpliced(from % items.length, 1)
  return rest.toSpliced(to % items.length, 0, pick(items, from) ?? '')
}

const nested = (depth: number, kind: number): string => {
  if (kind % 3 === 0) return `${'['.repeat(depth)}x${']'.repeat(depth)}`
  if (kind % 3 === 1) return `${'{ a: '.repeat(depth)}x${' }'.repeat(depth)}`
  return `list<${'list<'.repeat(depth)}text${'>'.repeat(depth)}>`
}

const replaceValue = (text: string, at: number, by: string): string => {
  const places = [...text.matchAll(/(?<=: |- )[^\n]+/g)]
  const place = pick(places, at)
  return place === undefined ? text : text.slice(0, place.index) + by + text.slice(place.index + place[0].length)
}

const reindented = (line: string, by: number): string => ' '.repeat(by % 5) + line

const edits: Readonly<Record<Exclude<Kind, 'rename'>, (text: string, change: Mutation) => string>> = {
  'drop-line': (text, { at }) =>
    linesOf(text)
      .toSpliced(at % linesOf(text).length, 1)
      .join('\n'),
  'repeat-line': (text, { at, to }) =>
    linesOf(text)
      .toSpliced(to % linesOf(text).length, 0, pick(linesOf(text), at) ?? '')
      .join('\n'),
  'swap-lines': (text, { at, to }) => swapped(linesOf(text), at, to).join('\n'),
  'move-line': (text, { at, to }) => moved(linesOf(text), at, to).join('\n'),
  indent: (text, { at, to }) =>
    linesOf(text)
      .map((line, index, all) => (index === at % all.length ? reindented(line, to) : line))
      .join('\n'),
  dedent: (text, { at, to }) =>
    linesOf(text)
      .map((line, index, all) => (index === at % all.length ? line.replace(new RegExp(`^ {0,${to % 5}}`), '') : line))
      .join('\n'),
  'drop-token': (text, { at }) =>
    tokensOf(text)
      .toSpliced(at % Math.max(1, tokensOf(text).length), 1)
      .join(''),
  'repeat-token': (text, { at, to }) =>
    tokensOf(text)
      .toSpliced(to % Math.max(1, tokensOf(text).length), 0, pick(tokensOf(text), at) ?? '')
      .join(''),
  'swap-tokens': (text, { at, to }) => swapped(tokensOf(text), at, to).join(''),
  'replace-token': (text, { at, piece: by }) =>
    tokensOf(text)
      .toSpliced(at % Math.max(1, tokensOf(text).length), 1, by)
      .join(''),
  'replace-value': (text, { at, piece: by }) => replaceValue(text, at, by),
  insert: (text, { at, piece: by }) => text.slice(0, at % (text.length + 1)) + by + text.slice(at % (text.length + 1)),
  quote: (text, { at, piece: by }) => replaceValue(text, at, JSON.stringify(by)),
  nest: (text, { at, to }) => replaceValue(text, at, nested(to % 200, to)),
  splice: (text, { at, to }) => {
    const other = pick(corpus, to)?.texts ?? {}
    const from = linesOf(pick(Object.values(other), to >> 8) ?? '')
    return [...linesOf(text).slice(0, at % linesOf(text).length), ...from.slice(to % from.length)].join('\n')
  },
  cut: (text, { at }) => text.slice(0, at % (text.length + 1)),
  'line-ends': (text, { at }) => text.replaceAll('\n', ['\r\n', '\r', '\n\n', '\u0085\n'][at % 4] ?? '\n'),
  'to-flow': (text, { at }) => {
    const places = [...text.matchAll(/\n {2,}/g)]
    const from = places.length === 0 ? 0 : at % places.length
    return places
      .slice(from, from + 2)
      .reduceRight((flat, { index, 0: gap }) => `${flat.slice(0, index)}, ${flat.slice(index + gap.length)}`, text)
  },
}

/** The word with this number, wherever it stands in the set, becomes the piece: names stay the same name. */
const renamed = (texts: SetTexts, { at, piece: by }: Mutation): SetTexts => {
  const all = Object.values(texts).flatMap((text) => text.match(/\b[A-Za-z_]\w*/g) ?? [])
  const word = pick(all, at)
  if (word === undefined) return texts
  const everywhere = new RegExp(`\\b${word}\\b`, 'g')
  return Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, text.replace(everywhere, () => by)]))
}

export const mutated = (texts: SetTexts, change: Mutation): SetTexts => {
  if (change.kind === 'rename') return renamed(texts, change)
  const path = pick(Object.keys(texts).filter(isYaml), change.file)
  return path === undefined ? texts : { ...texts, [path]: edits[change.kind](texts[path] ?? '', change) }
}
