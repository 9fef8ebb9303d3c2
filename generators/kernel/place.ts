import { type Span, span } from './source.js'

/** A scalar of YAML as it is read, and where all of it was written. */
export interface WrittenScalar {
  readonly text: string
  readonly style: 'plain' | 'quoted' | 'block'
  readonly at: Span
}

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character)

/** Where the content of a scalar begins in its raw text: after the quote, or after the header line of a block. */
const contentStart = (scalar: WrittenScalar, raw: string): number => {
  switch (scalar.style) {
    case 'plain':
      return 0
    case 'quoted':
      return 1
    case 'block':
      return raw.indexOf('\n') + 1
  }
}

/** A line end that a backslash takes out of quoted text (YAML 1.2, 7.3.1). */
const isContinued = (raw: string, at: number): boolean => raw[at] === '\\' && /[\r\n]/.test(raw.charAt(at + 1))

const skipTo = (raw: string, from: number, character: string): number => {
  let at = from
  while ((isSpace(raw[at]) || isContinued(raw, at)) && raw[at] !== character) at++
  if (raw[at] === character) return at
  const escaped = raw.slice(at, at + 2).indexOf(character)
  return escaped === -1 ? at : at + escaped
}

/** For each unit of the text, and its end, the unit of the raw text that it was read from. Escapes and folded lines shift them. */
const alignment = (scalar: WrittenScalar, raw: string): readonly number[] => {
  const places: number[] = []
  let at = contentStart(scalar, raw)
  for (const character of scalar.text.split('')) {
    at = isSpace(character) ? at : skipTo(raw, at, character)
    places.push(at)
    if (raw[at] === '\\') at += 2
    else if (isSpace(character)) while (isSpace(raw[at]) && raw[at] !== character) at++
    if (raw[at] === character) at++
    // In single quotes a quote is written twice (YAML 1.2, 7.3.2).
    if (character === "'" && raw.startsWith("'") && raw[at] === "'") at++
  }
  return [...places, at]
}

/** The place of a part of a scalar's text in its source: `start` and `end` count units of the text. */
export const spanIn = (scalar: WrittenScalar, start: number, end: number): Span => {
  const { source } = scalar.at
  const raw = source.text.slice(scalar.at.start, scalar.at.end)
  const shift = scalar.style === 'quoted' ? 1 : 0
  if (raw.slice(shift, raw.length - shift) === scalar.text) {
    return span(source, scalar.at.start + shift + start, scalar.at.start + shift + end)
  }
  const places = alignment(scalar, raw)
  const first = scalar.at.start + (places[start] ?? 0)
  const last = end > start ? (places[end - 1] ?? 0) + 1 : (places[start] ?? 0)
  return span(source, Math.min(first, scalar.at.end), Math.min(scalar.at.start + last, scalar.at.end))
}

/** How a scalar was written, which its first sign tells: a plain one begins with none of these. */
const styleOf = (raw: string): WrittenScalar['style'] =>
  /^[|>]/.test(raw) ? 'block' : /^['"]/.test(raw) ? 'quoted' : 'plain'

/** The place of a part of a text of the model: `at` is where the whole scalar was written. */
export const spanOfText = (at: Span, text: string, start: number, end: number): Span =>
  spanIn({ text, style: styleOf(at.source.text.slice(at.start, at.end)), at }, start, end)

/** The place of the word of SQL, or of the one sign, that begins at an offset of a text of the model. */
export const spanOfWord = (at: Span, text: string, offset: number): Span => {
  const start = Math.min(offset, Math.max(0, text.trimEnd().length - 1))
  const word = /^(?:[\p{L}\p{N}_$.]+|"[^"]*"|'[^']*'|:\w+)/u.exec(text.slice(start))
  return spanOfText(at, text, start, Math.min(start + (word?.[0].length ?? 1), text.length))
}
