export { translatePattern } from './translate.js'
