import type { JSONSchema } from 'json-schema-to-typescript'
import { known } from '../kernel/bug.js'
import { canonical } from '../kernel/hash.js'
import type { Schema } from '../script/schema/schema.js'

/** The types of an interface's members, by property. */
export type MemberTypes = ReadonlyMap<string, string>

const settings = {
  bannerComment: '',
  format: false,
  ignoreMinAndMaxItems: true,
  unknownAny: true,
} as const

/** An interface with a member for each schema, as json-schema-to-typescript declares it: `member0`, `member1` and so on. */
const declarationOf = async (schemas: readonly Schema[]): Promise<string> => {
  const { compile } = await import('json-schema-to-typescript')
  const properties = Object.fromEntries(schemas.map((schema, index) => [`member${index}`, schema]))
  // Its own type of a schema is draft 4, which has no list of types beside `null`.
  const root = { type: 'object', additionalProperties: false, properties } as unknown as JSONSchema
  return compile(root, 'Members', settings)
}

/** A map's type as people write it, from the innermost one outwards. */
const withRecords = (text: string): string => {
  const shorter = text.replace(/\{ \[k: string\]: ([^{}]*?) \}/g, 'Record<string, $1>')
  return shorter === text ? text : withRecords(shorter)
}

/** A type without the brackets that json-schema-to-typescript puts around every union; those of a list's items stay. */
const printedType = (type: string): string => {
  const text = withRecords(type.trim().replace(/\s+/g, ' '))
  return /^\((.*)\)$/.exec(text)?.[1] ?? text
}

/** The types in such a declaration, in order. Its comments say limits, which our own docs of a field do. */
const typesIn = (declaration: string): readonly string[] => {
  const body = declaration.slice(0, declaration.lastIndexOf('}')).replace(/\/\*\*[\s\S]*?\*\//g, '')
  return body
    .split(/^member\d+\?: /m)
    .slice(1)
    .map(printedType)
}

/** The types made so far, by their schemas: a set of a thousand entities has a few dozen different ones. */
const printed = new Map<string, string>()

const print = async (schemas: ReadonlyMap<string, Schema>): Promise<void> => {
  const types = typesIn(await declarationOf([...schemas.values()]))
  for (const [index, text] of [...schemas.keys()].entries())
    printed.set(text, known(types[index], `the type of ${text}`))
}

/** A schema that only names its type needs no printing: every entity has an id of its own. */
const nameOf = (schema: Schema): string | undefined =>
  typeof schema['tsType'] === 'string' && Object.keys(schema).length === 1 ? schema['tsType'] : undefined

/** The TypeScript type of each member's schema. */
export const memberTypes = async (schemas: ReadonlyMap<string, Schema>): Promise<MemberTypes> => {
  const members = [...schemas].map(([property, schema]) => ({ property, schema, text: canonical(schema) }))
  const unseen = members.filter(({ schema, text }) => nameOf(schema) === undefined && !printed.has(text))
  if (unseen.length > 0) await print(new Map(unseen.map(({ text, schema }) => [text, schema])))
  return new Map(
    members.map(({ property, schema, text }) => [
      property,
      known(nameOf(schema) ?? printed.get(text), `the type of ${text}`),
    ]),
  )
}
