import type { DefinedError } from 'ajv'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { libraryPrefix, type Span } from '../../kernel/source.js'
import { translateAge } from '../foreign/age.js'
import { adviseFieldKey } from '../foreign/keys.js'
import { entryOf, isNull, type Node, type Scalar, spanOfEntry } from '../load/node.js'
import { fieldTitle } from './fields.js'
import { ageOfPattern, agePattern } from './retention.js'
import { usePattern } from './set.js'

const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text)

/** A value in the words of messages: `a list`, `the text "5"`. */
export const describe = (node: Node): string => {
  if (isNull(node)) return 'nothing'
  switch (node.kind) {
    case 'scalar':
      return node.style === 'plain' ? `\`${shortened(node.text)}\`` : `the text "${shortened(node.text)}"`
    case 'sequence':
      return node.items.length === 0 ? 'an empty list' : 'a list'
    case 'mapping':
      return node.entries.length === 0 ? 'an empty mapping' : 'a mapping'
  }
}

interface Titled {
  readonly title?: string
  readonly properties?: Readonly<Record<string, unknown>>
  readonly anyOf?: readonly { readonly required?: readonly string[] }[]
}

const schemaAround = (error: DefinedError): Titled => (error.parentSchema ?? {}) as Titled

const titleOf = (error: DefinedError): string => schemaAround(error).title ?? 'something else'

/** What was expected, told by its keys where those are few. */
const expectedOf = (error: DefinedError): string => {
  const { properties = {} } = schemaAround(error)
  const names = Object.keys(properties)
  if (names.length === 0 || names.length > 3) return titleOf(error)
  return `${titleOf(error)} with the keys ${names.map((name) => `\`${name}\``).join(', ')}`
}

/** A finding about a whole mapping is shown at its first key. */
const headOf = (node: Node): Span => (node.kind === 'mapping' ? (node.entries[0]?.key.at ?? node.at) : node.at)

const keysOf = (error: DefinedError): readonly string[] => Object.keys(schemaAround(error).properties ?? {})

/** The key that a misspelt one most likely is, out of those not written yet. */
const meant = (error: DefinedError, node: Node, key: string): string | null => {
  const isTaken = (candidate: string): boolean => node.kind === 'mapping' && entryOf(node, candidate) !== undefined
  return nearest(
    key,
    keysOf(error).filter((candidate) => !isTaken(candidate)),
  )
}

/** Keys that no other finding follows from. */
const aside = [
  'summary',
  'notes',
  'docs',
  'group',
  'model',
  'table',
  'collection',
  'was',
  'append_only',
  'unique',
  'references',
  'postgres',
  'mongo',
  'because',
  'every',
  'batch',
  'erase',
  'guild_leave',
  'member_leave',
  'indexes',
  'checks',
  'retention',
  'access',
  'queries',
  'lists',
  'examples',
  'seed',
]

/** The stretch that an error leaves unreliable: the whole mapping, unless all that is lost is said aside. */
export const damagedBy = (error: DefinedError, node: Node): Span => {
  if (error.keyword !== 'additionalProperties' || node.kind !== 'mapping') return node.at
  const key = error.params.additionalProperty
  const lost = meant(error, node, key)
  const entry = entryOf(node, key)
  return entry === undefined || (lost !== null && !aside.includes(lost)) ? node.at : spanOfEntry(entry)
}

const isTrue = (node: Node | undefined): boolean => node?.kind === 'scalar' && node.text === 'true'

/** The text of `type:` beside a key. */
const typeBeside = (node: Node): string | null => {
  const type = node.kind === 'mapping' ? entryOf(node, 'type')?.value : undefined
  return type?.kind === 'scalar' ? type.text : null
}

const unknownKey = (error: DefinedError, node: Node, key: string): Diagnostic => {
  const entry = node.kind === 'mapping' ? entryOf(node, key) : undefined
  const owner = titleOf(error)
  const advice = owner === fieldTitle ? adviseFieldKey(key, isTrue(entry?.value), typeBeside(node)) : null
  const parameters = { key, owner, keys: keysOf(error), nearest: meant(error, node, key), advice }
  return report('unknown-key', entry?.key.at ?? node.at, parameters)
}

const missingKeys = (error: DefinedError): readonly string[] => {
  if (error.keyword === 'required') return [error.params.missingProperty]
  if (error.keyword !== 'anyOf') return []
  return (schemaAround(error).anyOf ?? []).flatMap((branch) => branch.required ?? [])
}

/** Whether a key is missing only because it is misspelt: the misspelling is the finding. */
export const isMisspelt = (error: DefinedError, node: Node, errors: readonly DefinedError[]): boolean => {
  const missing = missingKeys(error)
  if (missing.length === 0) return false
  return errors.some(
    (other) =>
      other.keyword === 'additionalProperties' &&
      other.instancePath === error.instancePath &&
      missing.includes(meant(other, node, other.params.additionalProperty) ?? ''),
  )
}

const wrongChoice = (error: DefinedError, { at, text }: Scalar, choices: readonly string[]): Diagnostic =>
  report('wrong-choice', at, { value: shortened(text), expected: titleOf(error), nearest: nearest(text, choices) })

/** What a text that its pattern refuses was meant to be, as the end of `write …`. */
const meantText = (pattern: string, text: string): string | null => {
  if (pattern === usePattern)
    return /^[a-z][a-z0-9-]*$/.test(text)
      ? `\`${libraryPrefix}${text}\` for a module of the library, or \`./${text}\` for a folder`
      : null
  const age = pattern === agePattern || pattern === ageOfPattern ? translateAge(text) : null
  return age && `\`${age}\``
}

/** What a finding of the JSON Schema means in the words of the language. */
export const explain = (error: DefinedError, node: Node): Diagnostic => {
  switch (error.keyword) {
    case 'additionalProperties':
      return unknownKey(error, node, error.params.additionalProperty)
    case 'required':
      return report('missing-key', headOf(node), { owner: titleOf(error), key: `\`${error.params.missingProperty}\`` })
    case 'anyOf': {
      const key = missingKeys(error)
        .map((name) => `\`${name}\``)
        .join(', ')
        .replace(/, ([^,]*)$/, ' or $1')
      return report('missing-key', headOf(node), { owner: titleOf(error), key })
    }
    case 'enum':
      if (node.kind === 'scalar' && !isNull(node))
        return wrongChoice(error, node, error.params.allowedValues.map(String))
      break
    default:
  }
  return report('wrong-shape', node.at, {
    expected: expectedOf(error),
    found: describe(node),
    meant: error.keyword === 'pattern' && node.kind === 'scalar' ? meantText(error.params.pattern, node.text) : null,
  })
}
