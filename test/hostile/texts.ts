import { oddTexts } from '../support/odd-texts.js'

/** Texts that mean something only where a line begins: each begins a text of its own. */
const starts = oddTexts.filter((text) =>
  /^(?:#|- |1\.|> |===|---|:::|import|export|@|```|~~~|\||\/\/|--|\[x\]:)/.test(text),
)

/** What means something at the end of a text. */
const ends = oddTexts.filter((text) => !starts.includes(text) && /(?:[\\'"`{$*]|\/)$/.test(text))

const others = oddTexts.filter((text) => !starts.includes(text) && !ends.includes(text) && text.trim() !== '')

const shared = (items: readonly string[], index: number, count: number): readonly string[] =>
  items.filter((_, at) => at % count === index)

/**
 * The odd texts, several in one so that few entities hold all of them; `HOSTILE_ALL=1` takes each by itself. No two are
 * the same text.
 */
export const hostileTexts: readonly string[] =
  process.env['HOSTILE_ALL'] === '1'
    ? oddTexts.filter((text) => text.trim() !== '')
    : starts.map((start, index) =>
        [start, ...shared(others, index, starts.length), ...shared(ends, index, starts.length)].join(' '),
      )
