/** The functions of the runtime that printed expressions may call. */
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
