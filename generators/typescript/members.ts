import type { JSONSchema } from 'json-schema-to-typescript'
import type { InterfaceDeclaration, Project, PropertySignature, SourceFile, TypeNode } from 'ts-morph'
import { known } from '../kernel/bug.js'
import type { Schema } from '../script/schema/schema.js'

/** The types of an interface's members, by property. */
export type MemberTypes = ReadonlyMap<string, string>

const settings = {
  bannerComment: '',
  format: false,
  ignoreMinAndMaxItems: true,
  unknownAny: true,
  unreachableDefinitions: true,
} as const

/** All schemas in one run of json-schema-to-typescript, as definitions that nothing refers to. */
const declarationsOf = async (schemas: Readonly<Record<string, Schema>>): Promise<string> => {
  const { compile } = await import('json-schema-to-typescript')
  const $defs = Object.fromEntries(Object.entries(schemas).map(([title, schema]) => [title, { ...schema, title }]))
  // Its own type of a schema is draft 4, which has no `$defs` and no lists of types beside `null`.
  const root = { title: 'Root', type: 'object', additionalProperties: false, $defs } as unknown as JSONSchema
  return compile(root, 'Root', settings)
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

const nameOf = (property: PropertySignature): string => {
  const name = property.getNameNode().compilerNode
  return 'text' in name ? name.text : property.getName()
}

const membersOf = (declaration: InterfaceDeclaration): MemberTypes =>
  new Map(
    declaration
      .getProperties()
      .map((property) => [nameOf(property), printedType(known(property.getTypeNode(), 'the type of a member'))]),
  )

const read = <T>(parsed: SourceFile, of: (file: SourceFile) => T): T => {
  try {
    return of(parsed)
  } finally {
    parsed.forget()
  }
}

/** The members of each schema's interface, by the schemas' titles. */
export const memberTypes = async (
  schemas: Readonly<Record<string, Schema>>,
): Promise<ReadonlyMap<string, MemberTypes>> => {
  const text = await declarationsOf(schemas)
  const parsed = (await openProject()).createSourceFile('declarations.ts', text, { overwrite: true })
  return read(
    parsed,
    (file) => new Map(file.getInterfaces().map((declaration) => [declaration.getName(), membersOf(declaration)])),
  )
}
