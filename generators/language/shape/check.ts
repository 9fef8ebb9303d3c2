import { Ajv, type DefinedError, type ValidateFunction } from 'ajv'
import { known } from '../../kernel/bug.js'
import type { Diagnostic } from '../../kernel/diagnostic.js'
import type { Span } from '../../kernel/source.js'
import type { Document } from '../load/node.js'
import { storageWords } from './fields.js'
import { jsonOf, nodeAt } from './json.js'
import { type DocumentKind, definitions } from './language.js'
import { damagedBy, explain, isMisspelt } from './messages.js'

/** What is wrong with the shape of a document; `damaged` are the stretches that cannot be taken at their word. */
export interface ShapeCheck {
  readonly diagnostics: readonly Diagnostic[]
  readonly damaged: readonly Span[]
}

const intact: ShapeCheck = { diagnostics: [], damaged: [] }

const makeAjv = (): Ajv => {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
    validateSchema: false,
    // To make the code of a validator shorter takes as long as to make it: more than all documents of a set are held to it.
    code: { optimize: false },
  })
  return ajv.addSchema({ $id: 'botschema', definitions })
}

/** Compiled once a process, on first need. */
const compiled: { ajv: Ajv | null } = { ajv: null }

const validatorOf = (kind: DocumentKind): ValidateFunction => {
  compiled.ajv ??= makeAjv()
  return known(compiled.ajv.getSchema(`botschema#/definitions/${kind}`), `the schema of ${kind}`)
}

/** The `if` of alternatives says nothing by itself, and one branch of an `anyOf` less than the whole. */
const isNews = (error: DefinedError): boolean =>
  error.keyword !== 'if' && !/\/anyOf\/\d+\//.test(error.schemaPath) && !isAboutStorage(error)

/** A wrong word under `as:` of a field is told by the type of the field, which takes few of the words. */
const isAboutStorage = (error: DefinedError): boolean =>
  error.keyword === 'enum' && error.params.allowedValues.join() === storageWords.join()

const placeOf = (error: DefinedError): string =>
  error.keyword === 'additionalProperties' || error.keyword === 'required'
    ? `${error.instancePath} ${JSON.stringify(error.params)}`
    : error.instancePath

/** Holds a document to the syntax: one finding for each mistake, at the key or value it is about. */
export const checkShape = (kind: DocumentKind, document: Document): ShapeCheck => {
  const validate = validatorOf(kind)
  if (validate(jsonOf(document.root))) return intact
  const errors = (validate.errors ?? []) as unknown as readonly DefinedError[]
  const byPlace = new Map<string, DefinedError>()
  for (const error of errors.filter(isNews)) {
    if (!byPlace.has(placeOf(error))) byPlace.set(placeOf(error), error)
  }
  const distinct = [...byPlace.values()]
  const found = distinct.flatMap((error) => {
    const node = nodeAt(document.root, error.instancePath)
    return isMisspelt(error, node, distinct)
      ? []
      : [{ diagnostic: explain(error, node), damaged: damagedBy(error, node) }]
  })
  return { diagnostics: found.map(({ diagnostic }) => diagnostic), damaged: found.map(({ damaged }) => damaged) }
}
