import { collectionOf, identifierOf, storedName, storedPath } from '../../document/index.js'
import { known } from '../../kernel/bug.js'
import type { Check, Entity } from '../../model/entity.js'
import { fieldsRead } from '../../model/expression.js'
import type { Field } from '../../model/field.js'
import { entityOf, fieldsIn, isKeyField } from '../../model/lookup.js'
import { type Code, code, joined, literal, property, text, trusted, valueImport } from '../../script/code.js'
import { classesOfRow, type DriverClass } from '../../script/driver-classes.js'
import { checkMessage } from '../../script/expression.js'
import { checkedProperties, uniqueRule } from '../../script/rules.js'
import { newFields, rowFields } from '../../script/shapes.js'
import { storedSet } from '../stored-set.js'
import { keyFields, rowType, runtime, type Subject, types, validator } from './subject.js'
import { listCode, member, objectCode } from './text.js'

/** The driver's classes, as what codecs that are functions of them are given. */
export const givenClasses = (classes: readonly DriverClass[]): Code =>
  classes.length === 0
    ? trusted('')
    : code`(${joined(
        classes.map((one) => code`${types}.${trusted(one)}`),
        ', ',
      )})`

/** A codec of the emitted validators: given the driver's classes, where it is a function of those. */
export const codec = (subject: Subject, name: string): Code =>
  code`${validator(subject, name)}${givenClasses(classesOfRow(subject.set, subject.entity))}`

/** The names that documents have for properties, where those are others. */
export const storedNames = ({ entity }: Subject): Code =>
  objectCode(
    rowFields(entity)
      .map(({ field }) => field)
      .filter((field) => field.stores.includes('mongo') && storedName(entity, field.name) !== field.property)
      .map((field) => code`${property(field.property)}: ${text(storedName(entity, field.name))}`),
  )

/** The fields of a new row that an upsert never changes, where it has any upsert. */
const fixedFields = ({ entity, access: { lookups } }: Subject): readonly Field[] =>
  lookups.every(({ upsert }) => upsert === null)
    ? []
    : newFields(entity)
        .map(({ field }) => field)
        .filter((field) => field.immutable || field.maintained !== null || isKeyField(entity, field))

/** What checks and computed fields of an entity read, by paths of its documents. */
export const readPaths = (entity: Entity): readonly string[] => {
  const computed = fieldsIn(entity, 'mongo').flatMap(({ generated }) => (generated === null ? [] : [generated]))
  const read = [...entity.checks.map(({ expression }) => expression), ...computed].flatMap(fieldsRead)
  return [...new Set(read.map((path) => storedPath(entity, path)))].sort()
}

/** Whether a change to a row is one to a whole document: its checks and computed fields read more than what changes. */
export const isChangedWhole = ({ entity }: Subject): boolean => readPaths(entity).length > 0

interface Constraint {
  readonly problem: 'unique' | 'check'
  readonly name: string
  readonly fields: readonly string[]
  readonly rule: string
  /** The paths of a unique's index. */
  readonly paths: readonly string[]
  readonly message: string | null
}

const uniqueOf = (subject: Subject, name: string, of: readonly Field[], paths: readonly string[]): Constraint => {
  const fields = of.map(({ property }) => property)
  return { problem: 'unique', name, fields, rule: uniqueRule(subject.entity, fields), paths, message: null }
}

/** The name that Mongo itself gives the index of every collection. */
const identifierIndex = '_id_'

const uniques = (subject: Subject): readonly Constraint[] => {
  const { set, entity } = subject
  const byStored = new Map(fieldsIn(entity, 'mongo').map((field) => [storedName(entity, field.name), field]))
  const own =
    identifierOf(entity).kind === 'hidden' ? [] : [uniqueOf(subject, identifierIndex, keyFields(subject), ['_id'])]
  const indexes = collectionOf(set, entity).indexes.filter(({ unique }) => unique)
  return [
    ...own,
    ...indexes.map(({ name, key }) => {
      const fields = key.map(({ path }) => known(byStored.get(path.split('.')[0] ?? ''), path))
      return uniqueOf(
        subject,
        name,
        fields,
        key.map(({ path }) => path),
      )
    }),
  ]
}

const checkOf = ({ set, entity }: Subject, check: Check): Constraint => ({
  problem: 'check',
  name: check.name,
  fields: checkedProperties(entity, check),
  rule: check.text,
  paths: [],
  message: checkMessage(entityOf(storedSet(set), entity.name), check),
})

const constraintCode = ({ entity }: Subject, { problem, name, fields, rule, paths, message }: Constraint): Code =>
  objectCode([
    code`problem: ${text(problem)}`,
    code`entity: ${text(entity.name)}`,
    code`name: ${text(name)}`,
    code`fields: ${literal(fields)}`,
    code`rule: ${text(rule)}`,
    ...member('paths', paths.length === 0 ? null : literal(paths)),
    ...member('message', message === null ? null : text(message)),
  ])

/** `const collection`: what all functions of an entity share. */
export const collectionCode = (subject: Subject): Code => {
  const { entity, names } = subject
  const personal = rowFields(entity).flatMap(({ field }) => (field.personal ? [field.property] : []))
  const [fixed, reads] = [fixedFields(subject), readPaths(entity)]
  const constraints = [...uniques(subject), ...entity.checks.map((check) => checkOf(subject, check))]
  return code`const collection = ${runtime('collectionOf')}<${rowType(subject)}>(${objectCode([
    code`entity: ${text(entity.name)}`,
    code`model: ${valueImport(`mongoose/${names.module}`, names.modelOf)}`,
    code`row: ${codec(subject, names.mongoCodec)}`,
    code`values: ${codec(subject, names.paths)}`,
    code`key: ${literal(keyFields(subject).map((field) => [field.property, storedName(entity, field.name)]))}`,
    ...member('personal', personal.length === 0 ? null : literal(personal)),
    code`stored: ${storedNames(subject)}`,
    ...member('fixed', fixed.length === 0 ? null : literal(fixed.map(({ property }) => property))),
    ...member('reads', reads.length === 0 ? null : literal(reads)),
    code`constraints: ${listCode(constraints.map((constraint) => constraintCode(subject, constraint)))}`,
  ])})`
}
