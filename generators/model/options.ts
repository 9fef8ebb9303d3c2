import { type ValidatorMode, validatorModes } from './words.js'

/** The ids of the targets, as `targets:` in botschema.yaml names them and as their output folders are called. */
export const targetIds = ['postgres', 'mongoose', 'zod', 'typescript', 'json-schema', 'markdown'] as const

export type TargetId = (typeof targetIds)[number]

/** The shape of one option, as the language checks it and the editor's schema documents it. */
export interface OptionField<Value> {
  readonly default: Value
  readonly description: string
  /** What it may be: the values of a choice, true and false, a range of whole numbers, or free text of a pattern. */
  readonly accepts:
    | { readonly kind: 'choice'; readonly values: readonly Value[] }
    | { readonly kind: 'boolean' }
    | { readonly kind: 'whole'; readonly from: number; readonly to: number }
    | { readonly kind: 'text'; readonly pattern: string }
}

export type OptionShape<Options> = { readonly [Name in keyof Options]-?: OptionField<Options[Name]> }

export interface PostgresOptions {
  readonly schema: string
  readonly version: number
  readonly timestamp: 'zoned' | 'naive'
  readonly precision: 3 | 6
  readonly identity: 'identity' | 'serial' | 'bigserial'
  readonly snowflake: 'bigint' | 'text'
  readonly idempotent: boolean
  readonly pg_cron: boolean
  readonly extension_schema: string
  readonly bot_role: string
  readonly check_names: 'table' | 'own'
  /** Null: where the store enforces. */
  readonly comments: boolean | null
  readonly access: boolean
}

export interface MongooseOptions {
  readonly validators: ValidatorMode
  readonly access: boolean
}

/** The modules of Node that code is for. */
export type ModuleSystem = 'esm' | 'cjs'

/** How relative imports of emitted code end: as compiled files do, or as the TypeScript files that Node runs itself. */
export type ImportEnding = 'js' | 'ts'

export interface TypescriptOptions {
  readonly module: ModuleSystem
  readonly imports: ImportEnding
  readonly runtime: 'package' | 'copied'
}

export interface MarkdownOptions {
  readonly front_matter: 'none' | 'docusaurus'
}

/** A target without options of its own. */
export type NoOptions = Readonly<Record<never, never>>

/** The options of every target; a target that is turned off is null. */
export interface TargetOptions {
  readonly postgres: PostgresOptions | null
  readonly mongoose: MongooseOptions | null
  readonly zod: NoOptions | null
  readonly typescript: TypescriptOptions | null
  readonly 'json-schema': NoOptions | null
  readonly markdown: MarkdownOptions | null
}

const access = (functions: string): OptionField<boolean> => ({
  default: true,
  description: `Whether ${functions} are emitted, which read and write the rows of each entity.`,
  accepts: { kind: 'boolean' },
})

export const optionShapes: { readonly [Id in TargetId]: OptionShape<NonNullable<TargetOptions[Id]>> } = {
  postgres: {
    schema: {
      default: 'public',
      description: 'The Postgres schema that everything is created in.',
      accepts: { kind: 'text', pattern: '^[A-Za-z_][A-Za-z0-9_]{0,62}$' },
    },
    version: {
      default: 15,
      description: 'The oldest major version of Postgres the SQL must run on.',
      accepts: { kind: 'whole', from: 13, to: 18 },
    },
    timestamp: {
      default: 'zoned',
      description: 'Whether `timestamp` is `timestamptz` or a naive `timestamp` in UTC.',
      accepts: { kind: 'choice', values: ['zoned', 'naive'] },
    },
    precision: {
      default: 3,
      description:
        'Digits of a second that a timestamp keeps: 3, or 6 (written without a modifier, as older systems have it).',
      accepts: { kind: 'choice', values: [3, 6] },
    },
    identity: {
      default: 'identity',
      description: 'How `identity` keys are made: `generated always as identity`, `serial` or `bigserial`.',
      accepts: { kind: 'choice', values: ['identity', 'serial', 'bigserial'] },
    },
    snowflake: {
      default: 'bigint',
      description: 'How snowflakes are kept: `bigint`, or `text` with a check.',
      accepts: { kind: 'choice', values: ['bigint', 'text'] },
    },
    idempotent: {
      default: false,
      description:
        'Whether schema.sql can run again on a database that has it: it raises an error where a table, a type or an index there differs from the set.',
      accepts: { kind: 'boolean' },
    },
    extension_schema: {
      default: 'public',
      description:
        'The schema that extensions (pgcrypto, pg_trgm, vector …) are in, such as `extensions` on hosted databases.',
      accepts: { kind: 'text', pattern: '^[A-Za-z_][A-Za-z0-9_]{0,62}$' },
    },
    pg_cron: {
      default: false,
      description:
        'Whether postgres/retention-cron.sql is emitted, which schedules retention with the extension pg_cron.',
      accepts: { kind: 'boolean' },
    },
    bot_role: {
      default: 'bot',
      description: 'The role that the bot connects as, to which postgres/grants.sql grants what it needs.',
      accepts: { kind: 'text', pattern: '^[A-Za-z_][A-Za-z0-9_]{0,62}$' },
    },
    check_names: {
      default: 'table',
      description:
        'What constraints of `checks:` are called: the name behind that of the table (`table`), or the name alone (`own`), as in a database that was there before.',
      accepts: { kind: 'choice', values: ['table', 'own'] },
    },
    comments: {
      default: null,
      description:
        'Whether tables, columns, types and functions have comments in the database. By default they have, but not under `enforce: code`.',
      accepts: { kind: 'boolean' },
    },
    access: access('the functions of postgres/<entity>.ts'),
  },
  mongoose: {
    validators: {
      default: 'strict',
      description:
        'What the validators of collections do: nothing (`off`: there are none), `warn`, refuse changes to documents that were valid before (`moderate`), or refuse all (`strict`). Under `enforce: code` there are none.',
      accepts: { kind: 'choice', values: validatorModes },
    },
    access: access('the functions of mongoose/access/<entity>.ts'),
  },
  zod: {},
  typescript: {
    module: {
      default: 'esm',
      description: 'What the emitted TypeScript is for: ES modules, or CommonJS bots.',
      accepts: { kind: 'choice', values: ['esm', 'cjs'] },
    },
    imports: {
      default: 'js',
      description:
        'How relative imports end: in `.js` (in CommonJS: without an ending), or in `.ts`, which Node needs to run the TypeScript itself.',
      accepts: { kind: 'choice', values: ['js', 'ts'] },
    },
    runtime: {
      default: 'package',
      description:
        'Where the emitted code has its runtime: in the package `@botschema/runtime`, or in `runtime/`, a copy of its sources.',
      accepts: { kind: 'choice', values: ['package', 'copied'] },
    },
  },
  'json-schema': {},
  markdown: {
    front_matter: {
      default: 'none',
      description: 'What stands above each page for a documentation site.',
      accepts: { kind: 'choice', values: ['none', 'docusaurus'] },
    },
  },
}

/** What a target's output imports: `needs` is on wherever `target` is, or wherever it is with that option. */
export interface TargetNeed {
  readonly target: TargetId
  readonly needs: TargetId
  readonly option: 'access' | null
}

/** Which outputs import which: a target cannot be on while one it needs is off. */
export const targetNeeds: readonly TargetNeed[] = [
  { target: 'zod', needs: 'typescript', option: null },
  { target: 'mongoose', needs: 'typescript', option: null },
  { target: 'mongoose', needs: 'zod', option: 'access' },
  { target: 'postgres', needs: 'typescript', option: 'access' },
  { target: 'postgres', needs: 'zod', option: 'access' },
]
