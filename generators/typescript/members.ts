import type { JSONSchema } from 'json-schema-to-typescript'
import type { InterfaceDeclaration, Project, PropertySignature, TypeNode } from 'ts-morph'
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

/** An interface with a member for each schema, as json-schema-to-typescript declares it. */
const declarationOf = async (schemas: ReadonlyMap<string, Schema>): Promise<string> => {
  const { compile } = await import('json-schema-to-typescript')
  const properties = Object.fromEntries(schemas)
  // Its own type of a schema is draft 4, which has no list of types beside `null`.
  const root = { type: 'object', additionalProperties: false, properties } as unknown as JSONSchema
  return compile(root, 'Members', settings)
}

let project: Promise<Project> | null = null

/** One project for all files of a run: making one costs more than parsing a file does. */
const openProject = (): Promise<Project> => {
  project ??= import('ts-morph').then(
    ({ Project }) =>
      new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true, compilerOptions: { noLib: true } }),
  )
  return project
}

/** A map's type as people write it, from the innermost one outwards. */
const withRecords = (text: string): string => {
  const shorter = text.replace(/\{ \[k: string\]: ([^{}]*?) \}/g, 'Record<string, $1>')
  return shorter === text ? text : withRecords(shorter)
}

/** A type without the brackets that json-schema-to-typescript puts around every union; those of a list's items stay. */
const printedType = (node: TypeNode): string => {
  const text = withRecords(node.getText().replace(/\s+/g, ' '))
  return /^\((.*)\)$/.exec(text)?.[1] ?? text
}

const entryOf = (property: PropertySignature): readonly [string, string] => [
  property.getName(),
  printedType(known(property.getTypeNode(), 'the type of a member')),
]

const readMembers = async (text: string): Promise<MemberTypes> => {
  const parsed = (await openProject()).createSourceFile('members.ts', text, { overwrite: true })
  const read = (declaration: InterfaceDeclaration): MemberTypes => new Map(declaration.getProperties().map(entryOf))
  const members = read(parsed.getInterfaceOrThrow('Members'))
  parsed.forget()
  return members
}

/** The types made so far, by their schemas: a set of a thousand entities has a few dozen different ones. */
const printed = new Map<string, string>()

const print = async (schemas: ReadonlyMap<string, Schema>): Promise<void> => {
  // The members' own names could be any text: numbers stand in for them.
  const numbered = [...schemas].map(([text, schema], index) => ({ text, schema, name: `member${index}` }))
  const members = await readMembers(await declarationOf(new Map(numbered.map(({ name, schema }) => [name, schema]))))
  for (const { text, name } of numbered) printed.set(text, known(members.get(name), `the type of ${text}`))
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
