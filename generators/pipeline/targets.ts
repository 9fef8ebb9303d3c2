import type { TargetId } from '../model/options.js'
import type { Target } from '../model/target.js'

const postgres = async (): Promise<Target<'postgres'>> => (await import('../postgres/index.js')).postgres

const mongoose = async (): Promise<Target<'mongoose'>> => (await import('../mongoose/index.js')).mongoose

/** The docs tell what the stores cannot hold, so they are given the answers of the stores' own targets. */
const markdown = async (): Promise<Target<'markdown'>> => {
  const { createMarkdownTarget } = await import('../markdown/index.js')
  const [relational, document] = [await postgres(), await mongoose()]
  return createMarkdownTarget([
    {
      store: 'postgres',
      supports: relational.supports,
      lossesOf: (set) => (set.targets.postgres === null ? [] : relational.losses(set, set.targets.postgres)),
    },
    {
      store: 'mongo',
      supports: document.supports,
      lossesOf: (set) => (set.targets.mongoose === null ? [] : document.losses(set, set.targets.mongoose)),
    },
  ])
}

/** The list of targets, in the order their findings are told. Each is loaded when a set first needs it. */
export const targets: { readonly [Id in TargetId]: () => Promise<Target<Id>> } = {
  postgres,
  mongoose,
  zod: async () => (await import('../zod/index.js')).zod,
  typescript: async () => (await import('../typescript/index.js')).typescript,
  'json-schema': async () => (await import('../json-schema/index.js')).jsonSchema,
  markdown,
}
