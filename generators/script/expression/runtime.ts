/** The functions of `templates/script/functions.ts` that printed expressions may call; a target prints those it needs once. */
export type RuntimeFunction =
  | 'countCharacters'
  | 'lowerAscii'
  | 'upperAscii'
  | 'compareIds'
  | 'compareDecimals'
  | 'spellDecimal'
  | 'addDecimals'
  | 'subtractDecimals'
  | 'multiplyDecimals'

/** The template that has them. */
export const functionsTemplate = 'script/functions'
