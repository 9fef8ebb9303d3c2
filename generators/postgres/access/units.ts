import { hashOf, hashOfPart } from '../../kernel/hash.js'
import { ok, withDiagnostics } from '../../kernel/result.js'
import type { Entity } from '../../model/entity.js'
import { entitiesIn } from '../../model/lookup.js'
import type { PostgresOptions } from '../../model/options.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { OutputPart, Unit } from '../../model/target.js'
import { relationalSchema } from '../../relational/index.js'
import { hasAccess } from '../../script/access.js'
import { code } from '../../script/code.js'
import { encryptedEntities, encryptionExports } from '../../script/encryption.js'
import { type ModuleKind, moduleKindOf, moduleText } from '../../script/module.js'
import { header } from '../../script/names.js'
import { queryFields } from '../../script/query.js'
import { reachableHash } from '../../script/reachable.js'
import { retentionExports } from '../../script/retention.js'
import { runtimeModule, runtimeType } from '../../script/runtime.js'
import { storageModules } from '../../script/storage.js'
import { namesHash } from '../queries/names.js'
import { postgresStorageCode } from '../storage/storage.js'
import { constraintLines } from './constraints.js'
import { entityModule } from './entity-module.js'
import { statementsOf } from './queries.js'
import { type Subject, subjectOf } from './subject.js'

/** What the files of a set's data access have in common. */
interface Project {
  readonly set: SchemaSet
  readonly options: PostgresOptions
  readonly kind: ModuleKind
}

const constraintsPath = 'postgres/constraints.ts'

const unitOf = (
  { set, kind }: Project,
  name: string,
  definitions: readonly string[],
  reads: unknown,
  emit: Unit['emit'],
): Unit => {
  const id = `postgres access ${name}`
  return { id, definitions, hash: hashOf([id, set.name, kind, reads]), emit }
}

const unit = (
  project: Project,
  name: string,
  definitions: readonly string[],
  reads: unknown,
  emit: () => Promise<readonly OutputPart[]>,
): Unit => unitOf(project, name, definitions, reads, async () => ok(await emit()))

/** Names in queries may be those of the whole set. */
const namesRead = ({ set, options }: Project, { access }: Subject): unknown =>
  access.queries.some(({ query }) => query.postgres !== null) ? namesHash(relationalSchema(set, options).value) : null

const entityUnit = (project: Project, entity: Entity): Unit => {
  const { set, options, kind } = project
  const subject = subjectOf(set, options, entity)
  const reachable = reachableHash(set, queryFields(set, entity))
  const reads = [hashOfPart(entity), reachable, hashOfPart(subject.table), options, namesRead(project, subject)]
  return unitOf(project, entity.name, [`entity ${entity.name}`], reads, async () => {
    const { value: statements, diagnostics } = await statementsOf(subject)
    const parts = [
      { path: `postgres/${entity.name}.ts`, order: 0, text: entityModule(subject, statements, kind) },
      { path: constraintsPath, order: 1, text: constraintLines(entity, subject.table) },
    ]
    return withDiagnostics(parts, diagnostics)
  })
}

const constraintsHead = ({ set, kind }: Project): string => {
  const constraint = runtimeType('v1/postgres', 'Constraints')
  const body = code`/** What the database refuses a row for, by its table and by the name of the constraint. */
export const constraints: ${constraint} = {`
  return moduleText({ path: 'postgres/constraints', kind, header: header(set.name), body: [body] })
}

const constraintsUnit = (project: Project): Unit =>
  unit(project, 'constraints', [], [], async () => [
    { path: constraintsPath, order: 0, text: constraintsHead(project) },
    { path: constraintsPath, order: 2, text: '}\n' },
  ])

const storageUnit = (project: Project, entities: readonly Entity[], isEncrypted: boolean): Unit => {
  const modules = storageModules(
    {
      folder: 'postgres',
      database: runtimeType('v1/postgres', 'SqlClient'),
      beside: [
        [runtimeModule('v1/postgres'), ['type SqlClient']],
        ...(isEncrypted ? encryptionExports('postgres') : []),
      ],
      retention: retentionExports(project.set, 'postgres'),
      storage: postgresStorageCode(project.set, entities),
    },
    entities,
    project.kind,
    header(project.set.name),
  )
  return unit(project, 'storage', [], modules, async () =>
    modules.map(({ name, text }) => ({ path: `postgres/${name}.ts`, order: 0, text })),
  )
}

/** The functions that read and write the rows of each entity, and what those share. */
export const accessUnits = (set: SchemaSet, options: PostgresOptions): readonly Unit[] => {
  const entities = entitiesIn(set, 'postgres')
  if (!hasAccess(set, 'postgres') || entities.length === 0) return []
  const project = { set, options, kind: moduleKindOf(set) }
  const isEncrypted = encryptedEntities(set, 'postgres').length > 0
  return [
    ...entities.map((entity) => entityUnit(project, entity)),
    constraintsUnit(project),
    storageUnit(project, entities, isEncrypted),
  ]
}
