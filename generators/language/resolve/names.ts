import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { firstKeys } from '../first-keys.js'
import { type Document, entryOf, type Mapping, type Scalar } from '../load/node.js'
import { type DefinitionKind, definitionKinds } from '../shape/language.js'
import { builtinNames } from './builtins.js'

/** One definition of the YAML: its kind, its name as written, and the document that says the rest. */
export interface Definition {
  readonly kind: DefinitionKind
  readonly name: string
  readonly nameNode: Scalar
  readonly root: Mapping
}

/** What a set defines. Names are of one space: an entity and an object would be the same TypeScript type. */
export interface Names {
  readonly byName: ReadonlyMap<string, Definition>
  /** Names of definitions that could not be read: nothing that refers to them is reported. */
  readonly unreadable: ReadonlySet<string>
}

const kindOf = (root: Mapping): DefinitionKind | null =>
  definitionKinds.find((kind) => kind === root.entries[0]?.key.text) ?? null

const identifierPattern = /^[A-Za-z][A-Za-z0-9_]*$/
const entityPattern = /^[a-z][a-z0-9_]*$/

const nameProblem = ({ kind, name, nameNode }: Definition): Diagnostic | null => {
  if (kind === 'entity' && !entityPattern.test(name)) {
    return report('invalid-name', nameNode.at, {
      name,
      what: 'an entity',
      form: 'singular and snake_case, such as `guild_member`',
    })
  }
  if (!identifierPattern.test(name)) {
    return report('invalid-name', nameNode.at, {
      name,
      what: `an ${kind}`.replace('an type', 'a type'),
      form: 'letters, digits and _, starting with a letter',
    })
  }
  return kind !== 'entity' && builtinNames.has(name) ? report('name-of-builtin', nameNode.at, { name }) : null
}

const unknownDefinition = (root: Mapping): Diagnostic | null => {
  const first = root.entries[0]?.key
  if (first === undefined) return report('not-a-mapping', root.at, {})
  if (first.text === 'name') return report('nested-set', first.at, {})
  return report('unknown-definition', first.at, {
    key: first.text,
    nearest: nearest(first.text, firstKeys),
  })
}

/** What a document defines, or why it defines nothing. */
export const definitionOf = (
  document: Document,
): { readonly definition: Definition | null; readonly problem: Diagnostic | null } => {
  const { root } = document
  const kind = kindOf(root)
  if (kind === null) return { definition: null, problem: unknownDefinition(root) }
  const nameNode = root.entries[0]?.value
  // A name of another kind is the shape's finding.
  if (nameNode?.kind !== 'scalar' || nameNode.text === '') return { definition: null, problem: null }
  const definition = { kind, name: nameNode.text, nameNode, root }
  return { definition, problem: nameProblem(definition) }
}

const contents = { entity: 'fields', object: 'fields', enum: 'values', type: null } as const

/** Whether a definition lacks what it consists of, which the shape reported: nothing can be said about what names it. */
export const isHollow = ({ kind, root }: Definition): boolean => {
  const key = contents[kind]
  return key !== null && (entryOf(root, key)?.value.kind ?? 'scalar') === 'scalar'
}

/** All definitions by name; of two with one name the first (by file, then place) is kept. */
export const collectNames = (
  definitions: readonly Definition[],
  unreadable: ReadonlySet<string>,
  found: (diagnostic: Diagnostic) => void,
): Names => {
  const byName = new Map<string, Definition>()
  for (const definition of definitions) {
    const { name, nameNode } = definition
    const first = byName.get(name)
    if (first === undefined) byName.set(name, definition)
    else
      found(report('defined-twice', nameNode.at, { name }, [{ message: 'first defined here', at: first.nameNode.at }]))
  }
  return { byName, unreadable }
}
