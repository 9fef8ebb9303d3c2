import { nearest } from '../kernel/nearest.js'
import type { Source, Stretch } from '../kernel/source.js'
import { documentShapes } from './shape/language.js'

/**
 * Where plain values of encrypted fields are written: in examples, in seed rows, in defaults that are refused. They are
 * looked for in the text itself, since what YAML cannot read is shown as well; so of the rows of an entity that has such
 * fields only what is known to be none of theirs is shown, and a mistake beside a value does not give it away.
 */

const word = String.raw`(["']?)(?<name>[\w$.-]+)\1[ \t]*:(?=\s|$)`

/** A key where one may stand: first on its line, or first or next in braces. */
const keyInPlace = new RegExp(String.raw`(?<=^[ \t]*(?:-[ \t]+)*|[{,][ \t]*)${word}`, 'gm')

const keyOnLine = new RegExp(String.raw`^[ \t]*(?:-[ \t]+)*${word}`)

const keyBefore = new RegExp(String.raw`${word}\s*$`)

const isEncrypted = /(?<=^|[\s{,])(["']?)encrypted\1[ \t]*:/gm

const nameIn = (match: RegExpExecArray | null): string | null => match?.groups?.['name'] ?? null

const documentsOf = (text: string): readonly Stretch[] => {
  const starts = [0, ...[...text.matchAll(/^---/gm)].map(({ index }) => index)]
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }))
}

/** Where the innermost brace that is open at the end of a text stands, or null. */
const openBrace = (text: string): number | null => {
  let closed = 0
  for (let at = text.length - 1; at >= 0; at--) {
    if (text[at] === '}') closed++
    if (text[at] === '{' && closed-- === 0) return at
  }
  return null
}

const indentOf = (line: string): number => line.search(/[^ \t-]|$/)

/** The key whose value an offset stands in: the one before an open brace of its line, or else that of a line further left. */
const ownerOf = (text: string, offset: number): string | null => {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const brace = openBrace(text.slice(start, offset))
  if (brace !== null) return nameIn(keyBefore.exec(text.slice(start, start + brace)))
  const indent = indentOf(text.slice(start))
  const before = text.slice(0, start).split('\n').toReversed()
  const outer = before.find((line) => line.trim() !== '' && indentOf(line) < indent)
  return outer === undefined ? null : nameIn(keyOnLine.exec(outer))
}

/** A document as far as its text tells: what it is about, the rows in it, and the keys that stand elsewhere. */
interface Outline {
  readonly head: string | null
  readonly isSealed: boolean
  readonly owners: readonly string[]
  readonly rows: readonly Stretch[]
  readonly keys: readonly string[]
}

/** Another key of an entity, which ends what stood under the one before. */
const nextKey = new RegExp(
  String.raw`\n(?:["']?(?:${Object.keys(documentShapes.entity.keys).join('|')})["']?[ \t]*:\s|---)`,
)

/** From `examples:`, `seed:`, what is like them, or a step's `set:` to the next key of the document. */
const rowsIn = (document: string): readonly Stretch[] => {
  const heads = [...document.matchAll(/(?<=^|[{,]\s*)([a-z]+)[ \t]*:/gm)].filter(
    ({ 1: name = '' }) => name === 'set' || nearest(name, ['examples', 'seed']) !== null,
  )
  return heads.map(({ index, 0: { length } }) => {
    const next = document.slice(index).search(nextKey)
    return { start: index + length, end: next === -1 ? document.length : index + next }
  })
}

const isWithin = (offset: number, stretches: readonly Stretch[]): boolean =>
  stretches.some(({ start, end }) => offset >= start && offset < end)

const outlineOf = (document: string): Outline => {
  const rows = rowsIn(document)
  const marks = [...document.matchAll(isEncrypted)].filter(({ index }) => !isWithin(index, rows))
  return {
    head: /^(?:---\s*)?(?:entity|extend|type):[ \t]*["']?([\w$.-]+)/m.exec(document)?.[1] ?? null,
    isSealed: marks.length > 0,
    owners: marks.flatMap(({ index }) => ownerOf(document, index) ?? []),
    rows,
    keys: [...document.matchAll(keyInPlace)].flatMap(({ index, groups }) =>
      isWithin(index, rows) ? [] : (groups?.['name'] ?? []),
    ),
  }
}

/** What may be shown of a row: keys, and the simple values of fields that keep no secret. */
const shownIn = (rows: string, plain: ReadonlySet<string>): readonly Stretch[] =>
  [...rows.matchAll(keyInPlace)].map(({ index, groups, 0: { length } }) => {
    const after = index + length
    const value = /^[ \t]*(?:"[^"\\\n]*"|'[^'\n]*'|[^\s,{}[\]"'#:]+(?:[ \t]+[^\s,{}[\]"'#:]+(?![^\s,]*:))*)/.exec(
      rows.slice(after),
    )
    const isShown = plain.has(groups?.['name'] ?? '') && value !== null
    return { start: index, end: isShown ? after + value[0].length : after }
  })

/** The stretches between others, without the signs and spaces at their ends. */
const between = (text: string, { start, end }: Stretch, shown: readonly Stretch[]): readonly Stretch[] => {
  const starts = [start, ...shown.map((one) => one.end)]
  return starts.flatMap((from, index) => {
    const to = shown[index]?.start ?? end
    const gap = text.slice(from, to)
    const first = gap.search(/[^\s{}[\],:#-]/)
    return first === -1 ? [] : [{ start: from + first, end: from + gap.search(/[\s{}[\],:#-]*$/) }]
  })
}

/** What a definition of an encrypted field gives away: its default. */
const defaultsIn = (document: string, owners: readonly string[]): readonly Stretch[] =>
  [...document.matchAll(/\bdefault[ \t]*:[ \t]*(?<value>"[^"\n]*"|'[^'\n]*'|[^\s,}]+)/g)].flatMap(
    ({ index, groups, 0: { length } }) => {
      const owner = ownerOf(document, index)
      const end = index + length
      return owner !== null && owners.includes(owner) ? [{ start: end - (groups?.['value']?.length ?? 0), end }] : []
    },
  )

const nothing = /^(?:null|~)$/

const secretsIn = (document: string, { rows, owners }: Outline, plain: ReadonlySet<string> | null) => {
  const given = plain === null ? [] : rows.flatMap((row) => between(document, row, shownInRow(document, row, plain)))
  return [...given, ...defaultsIn(document, owners)]
    .filter(({ start, end }) => !nothing.test(document.slice(start, end)))
    .sort((a, b) => a.start - b.start)
}

const shownInRow = (document: string, { start, end }: Stretch, plain: ReadonlySet<string>): readonly Stretch[] =>
  shownIn(document.slice(start, end), plain).map((one) => ({ start: start + one.start, end: start + one.end }))

/** The named types that are encrypted, and the fields of one. */
const sealedByType = (texts: readonly string[], types: readonly string[]): readonly string[] => {
  if (types.length === 0) return []
  const use = new RegExp(String.raw`${word}[ \t]*(?:\{[^}\n]*?\btype[ \t]*:[ \t]*)?["']?(?:${types.join('|')})\b`, 'g')
  const line = new RegExp(String.raw`^[ \t]+type[ \t]*:[ \t]*["']?(?:${types.join('|')})\b`, 'gm')
  return texts.flatMap((text) => [
    ...[...text.matchAll(use)].flatMap(({ groups }) => groups?.['name'] ?? []),
    ...[...text.matchAll(line)].flatMap(({ index, 0: { length } }) => ownerOf(text, index + length - 1) ?? []),
  ])
}

const isType = (document: string): boolean => /^(?:---\s*)?type:/m.test(document)

/** Gives the sources of a set what of them is shown nowhere. */
export const withSecrets = (sources: readonly Source[]): ((source: Source) => Source) => {
  if (!sources.some(({ text }) => text.includes('encrypted'))) return (source) => source
  const texts = sources.flatMap(({ text }) => documentsOf(text).map(({ start, end }) => text.slice(start, end)))
  const outlines = texts.map((text) => ({ text, ...outlineOf(text) }))
  const types = outlines.flatMap(({ text, head, isSealed }) =>
    isSealed && head !== null && isType(text) ? [head] : [],
  )
  const byType = sealedByType(texts, types)
  const owners = [...outlines.flatMap((one) => one.owners), ...byType]
  const plain = new Set(outlines.flatMap(({ keys }) => keys).filter((key) => !owners.includes(key)))
  const hasSecrets = ({ keys, isSealed }: Outline): boolean => isSealed || keys.some((key) => byType.includes(key))
  const sealed = new Set(outlines.filter(hasSecrets).map(({ head }) => head))
  return (source) => {
    const secrets = documentsOf(source.text).flatMap(({ start, end }) => {
      const document = source.text.slice(start, end)
      const outline = outlineOf(document)
      const found = secretsIn(document, { ...outline, owners }, sealed.has(outline.head) ? plain : null)
      return found.map((one) => ({ start: start + one.start, end: start + one.end }))
    })
    return secrets.length === 0 ? source : { ...source, secrets }
  }
}
