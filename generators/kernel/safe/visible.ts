/**
 * Characters that a reader cannot see but that change what is seen around them: controls, marks that turn the direction
 * of text (Unicode TR 36, "Trojan Source"), byte order marks, lone surrogates. Zero-width joiners stay: emoji need them.
 */
const invisible = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]|(?![\n\t])\p{Cc}|\p{Cs}/gu

const named = (character: string): string =>
  `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`

/** Text for people with each such character written out as `⟨U+202E⟩`; line ends become `\n`. */
export const visible = (text: string): string =>
  text.replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n').replace(invisible, named)

/** The same in one line, beside other text: tabs and line ends become blanks. */
export const visibleLine = (text: string): string => visible(text.replaceAll('\t', '  ')).replaceAll('\n', ' ')

/** Code for people: the same, but only what ends a line everywhere does; a separator inside a quoted text is written out. */
export const visibleCode = (source: string): string =>
  source
    .replace(/\r\n?/g, '\n')
    .replace(/[\u2028\u2029]/g, named)
    .replace(invisible, named)
