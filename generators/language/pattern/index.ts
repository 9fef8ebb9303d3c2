export { type SlowText, slowText } from './slow-text.js'
export { translatePattern } from './translate.js'
