import { stringLiteral } from '../kernel/safe/typescript.js'
import type { Entity } from '../model/entity.js'
import { type Code, type Import, joined, trusted, valueImport } from './code.js'
import { importSpecifier, type ModuleKind, moduleText, namesOf } from './module.js'
import { entityNames } from './names.js'
import { type RetentionExports, retentionModule } from './retention.js'
import { runtimeModule } from './runtime.js'

/** Data access to a store: where its modules are, and what a bot imports beside their functions. */
export interface StorageModules {
  /** `postgres`, `mongoose/access` */
  readonly folder: string
  /** The type of the first parameter of every function. */
  readonly database: Import
  /** Names by the module that has them, `type ` before those of types. */
  readonly beside: readonly (readonly [module: string, names: readonly string[]])[]
  /** What its `retention.ts` has; null where it has none. */
  readonly retention: RetentionExports | null
  /** The code that makes a storage of the tables or collections; null where there is none. */
  readonly storage: Code | null
}

interface Printed {
  readonly name: string
  readonly text: string
}

/** What both stores' data access exports of what they share. */
const shared = [
  'ConstraintError',
  'type Cursor',
  'CursorError',
  'type Page',
  'type PageOptions',
  'type RefusedInput',
  'StoredValueError',
]

const boundText = (database: string): string => `/** The functions of every entity, with their database given. */
export type BotStorage = Bound<typeof functions, ${database}>

/** The functions of every entity with their database given: \`storageOf(db).getGuild(id)\` is \`getGuild(db, id)\`. */
export const storageOf = (db: ${database}): BotStorage => bound(functions, db)`

/**
 * The modules that are about all entities: \`functions\` has the functions of each, \`storage\` gives them their database,
 * and \`index\` is what a bot imports.
 */
export const storageModules = (
  { folder, database, beside, retention, storage }: StorageModules,
  entities: readonly Entity[],
  kind: ModuleKind,
  header: string,
): readonly Printed[] => {
  const path = (name: string): string => `${folder}/${name}`
  const from = (here: string, module: string): string => importSpecifier(path(here), module, kind)
  const all = (here: string, name: string): string => `export * from ${stringLiteral(from(here, path(name)))}`
  const bound = ['Bound', 'bound'].map((name) => ({
    module: runtimeModule('v1'),
    name,
    typeOnly: name === 'Bound',
  }))
  const some = (here: string, [module, names]: StorageModules['beside'][number]): string =>
    namesOf('export', names, from(here, module))
  const own = path('retention')
  const ofRetention =
    retention === null
      ? []
      : ([
          [own, retention.beside],
          [retentionModule, retention.types],
        ] as const)
  const exported = [[runtimeModule('v1'), shared] as const, ...beside, ...ofRetention]
    .filter(([, names]) => names.length > 0)
    .map((names) => some('index', names))
  const functions = [
    ...entities.map((entity) => all('functions', entityNames(entity).module)),
    ...(retention === null ? [] : [some('functions', [own, retention.functions])]),
  ]
  const bodies = {
    functions: trusted(functions.join('\n')),
    storage: joined(
      [
        trusted(boundText(database.name), [valueImport(path('functions'), '* as functions'), ...bound, database]),
        ...(storage === null ? [] : [storage]),
      ],
      '\n\n',
    ),
    index: trusted([...exported, all('index', 'functions'), all('index', 'storage')].join('\n')),
  }
  return Object.entries(bodies).map(([name, body]) => ({
    name,
    text: moduleText({ path: path(name), kind, header, body: [body] }),
  }))
}
