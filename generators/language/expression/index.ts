export { parseExpression } from './parse.js'
export type { ToSpan } from './token.js'
