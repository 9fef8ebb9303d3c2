import { type Import, valueImport } from '../script/code.js'
import type { CodecName } from './runtime/codecs.js'

/** A declaration of `zod/codecs.ts`. */
export const codec = (name: CodecName): Import => valueImport('zod/codecs', name)
