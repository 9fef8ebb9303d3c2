/** A type as written, before its names mean anything. Offsets count from the start of the text. */
export interface TypeText {
  readonly name: string
  /** What stands in round brackets, cut at commas. */
  readonly arguments: readonly ArgumentText[] | null
  /** What stands in angle brackets. */
  readonly inner: readonly TypeText[] | null
  readonly start: number
  readonly end: number
}

export interface ArgumentText {
  readonly text: string
  readonly quoted: boolean
  readonly start: number
  readonly end: number
}

/** `TYPE[?][ = DEFAULT]` as written. */
export interface FieldText {
  readonly type: TypeText
  readonly nullable: boolean
  readonly default: { readonly start: number; readonly end: number; readonly quoted: boolean } | null
}

export interface SyntaxProblem {
  readonly message: string
  readonly start: number
  readonly end: number
}

export type Parsed<T> =
  | { readonly ok: true; readonly value: T; readonly end: number }
  | { readonly ok: false; readonly problem: SyntaxProblem }

const success = <T>(value: T, end: number): Parsed<T> => ({ ok: true, value, end })

const failure = (text: string, at: number, message: string): Parsed<never> => ({
  ok: false,
  problem: { message, start: Math.min(at, Math.max(text.length - 1, 0)), end: Math.min(at + 1, text.length) },
})

/** Brackets may stand in each other this deep. */
const deepest = 20

const skipSpace = (text: string, from: number): number => {
  let at = from
  while (/\s/.test(text[at] ?? '')) at++
  return at
}

const parseArgument = (text: string, from: number): Parsed<ArgumentText> => {
  const start = skipSpace(text, from)
  const quote = text[start]
  if (quote === "'" || quote === '"') {
    const end = text.indexOf(quote, start + 1)
    if (end === -1) return failure(text, start, 'the quote is not closed')
    return success({ text: text.slice(start + 1, end), quoted: true, start: start + 1, end }, end + 1)
  }
  const length = text.slice(start).search(/[,()]|$/)
  const written = text.slice(start, start + length).trimEnd()
  if (written === '') return failure(text, start, 'a value is missing here')
  return success({ text: written, quoted: false, start, end: start + written.length }, start + length)
}

const parseList = <T>(
  text: string,
  open: number,
  close: string,
  parseItem: (text: string, from: number) => Parsed<T>,
): Parsed<readonly T[]> => {
  const items: T[] = []
  let at = open
  do {
    const item = parseItem(text, at + 1)
    if (!item.ok) return item
    items.push(item.value)
    at = skipSpace(text, item.end)
  } while (text[at] === ',')
  return text[at] === close ? success(items, at + 1) : failure(text, at, `expected \`,\` or \`${close}\` here`)
}

const parseType = (text: string, from: number, depth: number): Parsed<TypeText> => {
  const start = skipSpace(text, from)
  const name = /^[A-Za-z_][A-Za-z0-9_]*/.exec(text.slice(start))?.[0]
  if (name === undefined) return failure(text, start, 'expected the name of a type here')
  if (depth > deepest) return failure(text, start, `types are nested more than ${deepest} deep`)
  const end = start + name.length
  if (text[end] === '(' && /^(?:list|map|union)$/.test(name))
    return failure(text, end, `what a ${name} holds is written in \`< >\``)
  if (text[end] === '(') {
    const list = parseList(text, end, ')', parseArgument)
    return list.ok ? success({ name, arguments: list.value, inner: null, start, end: list.end }, list.end) : list
  }
  if (text[end] === '<') {
    const list = parseList(text, end, '>', (whole, at) => parseType(whole, at, depth + 1))
    return list.ok ? success({ name, arguments: null, inner: list.value, start, end: list.end }, list.end) : list
  }
  return success({ name, arguments: null, inner: null, start, end }, end)
}

const defaultIn = (text: string, from: number): FieldText['default'] => {
  const start = skipSpace(text, from)
  const end = text.trimEnd().length
  const quote = text[start]
  const quoted = (quote === "'" || quote === '"') && end - start > 1 && text[end - 1] === quote
  return quoted ? { start: start + 1, end: end - 1, quoted } : { start, end, quoted }
}

/** Parses a type alone: what stands in `is:`, in parameters, or after a field's name. */
export const parseFieldText = (text: string): Parsed<FieldText> => {
  const type = parseType(text, 0, 0)
  if (!type.ok) return type
  const nullable = text[type.end] === '?'
  const at = skipSpace(text, type.end + (nullable ? 1 : 0))
  if (at >= text.length) return success({ type: type.value, nullable, default: null }, at)
  if (text[at] === '[') return failure(text, at, 'a list is written `list<text>`')
  if (text[at] !== '=') return failure(text, at, 'expected `?`, `= default` or the end here')
  const written = defaultIn(text, at + 1)
  if (written !== null && written.start >= text.trimEnd().length && !written.quoted) {
    return failure(text, at, 'a default is missing after the `=`')
  }
  return success({ type: type.value, nullable, default: written }, text.length)
}
