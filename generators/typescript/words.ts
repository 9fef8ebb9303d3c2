import { sentenceCase } from '../kernel/identifiers.js'

/** A name as it is spoken inside a sentence: `guild_member` as `guild member`. */
export const spoken = (name: string): string => sentenceCase(name).toLowerCase()

/** A noun after its article: `a guild`, `an invite`, `a user` (which begins with the sound of a consonant). */
export const withArticle = (noun: string): string =>
  /^(?:[aeio]|u(?!ni|s[aeiou]|til))/.test(noun) && !/^(?:eu|one\b|once\b)/.test(noun) ? `an ${noun}` : `a ${noun}`

/** A sentence's first letter. */
export const capitalised = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`

/** A text of the user's as a sentence among others. */
export const asSentence = (text: string): string => (/[.!?:;)`]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`)
