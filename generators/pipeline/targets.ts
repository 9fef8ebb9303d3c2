import type { TargetId, TargetOptions } from '../model/options.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Target } from '../model/target.js'

/** The list of targets, in the order their findings are told. Each is loaded when a set first needs it. */
export const targets: { readonly [Id in TargetId]: () => Promise<Target<Id>> } = {
  postgres: async () => (await import('../postgres/index.js')).postgres,
  mongoose: async () => (await import('../mongoose/index.js')).mongoose,
  zod: async () => (await import('../zod/index.js')).zod,
  typescript: async () => (await import('../typescript/index.js')).typescript,
  'json-schema': async () => (await import('../json-schema/index.js')).jsonSchema,
  markdown: async () => (await import('../markdown/index.js')).markdown,
}
