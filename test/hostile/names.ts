import { oddNames } from '../support/odd-texts.js'

/** Names that some language reads as more than a name, or not at all. */
const allNames: readonly string[] = [
  ...oddNames,
  '',
  ' ',
  'n'.repeat(63),
  'n'.repeat(64),
  'ä'.repeat(31),
  'ä'.repeat(32),
  ...['größe', 'имя', '日本', 'ﬁ', 'ſ', 'İ', '😀', 'e\u0301', '\u202Ename', 'na\u200Bme'],
  ...[
    'A',
    'camelCase',
    'snake_case',
    'kebab-case',
    'two words',
    'dotted.name',
    '$name',
    '#name',
    '@name',
    '1st',
    '_',
    '__',
  ],
  ...[
    "it's",
    'say "hi"',
    'back`tick',
    'back\\slash',
    'pi|pe',
    'semi;colon',
    'co,mma',
    'bra[ck]ets',
    '(round)',
    '{curly}',
  ],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a template literal would read
  ...['*/', '--', '//', '</script>', 'a\nb', 'a\tb', ' a ', '%', ':name', '?', 'a=b', 'a:b', '${x}', '{{x}}'],
]

/** Every third name, in turn of all kinds; with `HOSTILE_ALL=1` each of them. */
export const hostileNames: readonly string[] =
  process.env['HOSTILE_ALL'] === '1' ? allNames : allNames.filter((_, index) => index % 3 === 0)

type Yaml = Record<string, unknown>

/** A step that deletes rows and counts them. */
export type Retiring = Yaml & { readonly summarise: Yaml }

/** What an entity says in YAML, to be filled in. */
export interface Draft {
  readonly head: { readonly actors: Yaml; readonly groups: Yaml }
  readonly entity: Yaml & {
    readonly fields: Yaml & {
      readonly holder: { readonly fields: Yaml }
      readonly kind: Yaml & { readonly values: Yaml }
    }
    readonly checks: Yaml
    readonly access: Yaml
    readonly queries: Yaml
    readonly indexes: unknown[]
    readonly retention: { readonly clock: string; readonly steps: readonly [Retiring] }
  }
}

/** A place that takes a name: what it adds, and the keys above what is found there. */
export interface NamePlace {
  readonly id: string
  readonly isAt: (path: string, name: string, message: string) => boolean
  readonly add: (draft: Draft, name: string) => void
}

const below = (before: string) => (path: string, name: string) => path.startsWith(`${before}${name}`)

const own = (object: Yaml, name: string, value: unknown): void => {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
}

export const namePlaces: readonly NamePlace[] = [
  {
    id: 'field',
    isAt: below('fields.'),
    add: ({ entity }, name) => own(entity.fields, name, { type: 'text?', summary: 'Named.' }),
  },
  {
    id: 'inner field',
    isAt: below('fields.holder.fields.'),
    add: ({ entity }, name) => own(entity.fields.holder.fields, name, 'text?'),
  },
  {
    id: 'label',
    // What one store says of a value is told where its enum is.
    isAt: (path) => path.startsWith('fields.kind'),
    add: ({ entity }, name) => own(entity.fields.kind.values, name, 'Named.'),
  },
  { id: 'check', isAt: below('checks.'), add: ({ entity }, name) => own(entity.checks, name, "told <> 'x'") },
  {
    id: 'index',
    isAt: (path) => path.startsWith('indexes'),
    add: ({ entity }, name) => entity.indexes.push({ fields: ['told'], name }),
  },
  {
    id: 'query',
    isAt: below('queries.'),
    add: ({ entity }, name) =>
      own(entity.queries, name, { postgres: `SELECT id FROM ${String(entity['entity'])}s`, mongo: { find: {} } }),
  },
  {
    id: 'parameter',
    isAt: (path) => path.startsWith('queries.find_it'),
    add: ({ entity }, name) => {
      // What SQL's `:name` does not read would be no parameter of the statement.
      if (!/^[A-Za-z_]\w*$/.test(name)) return
      const params: Yaml = {}
      own(params, name, 'told')
      const postgres = `SELECT id FROM ${String(entity['entity'])}s WHERE told = :${name}`
      own(entity.queries, 'find_it', { params, postgres, mongo: { find: { told: `:${name}` } } })
    },
  },
  {
    id: 'actor',
    isAt: below('access.'),
    add: ({ entity, head }, name) => {
      own(entity.access, name, ['read'])
      own(head.actors, name, 'Named.')
    },
  },
  {
    id: 'group',
    // A name of no characters has no place of its own.
    isAt: (path, _name, message) => path === 'group' || message.includes('no group'),
    add: ({ entity, head }, name) => {
      own(entity, 'group', name)
      own(head.groups, name, 'Named')
    },
  },
  {
    id: 'code',
    isAt: (path) => path.startsWith('fields.cover'),
    add: ({ entity }, name) =>
      own(entity.fields, 'cover', { type: 'object?', fields: { coded: { type: 'text?', code: name } } }),
  },
  {
    id: 'model',
    isAt: (path, _name, message) => path === 'model' || (path === 'entity' && message.includes('model')),
    add: ({ entity }, name) => own(entity, 'model', name),
  },
  {
    id: 'column',
    isAt: (path) => path.startsWith('queries.give_it'),
    add: ({ entity }, name) => {
      // Postgres cuts what is longer, so that the query gives no such column.
      if (Buffer.byteLength(name) > 63) return
      const columns: Yaml = {}
      own(columns, name, 'told')
      const postgres = `SELECT told AS "${name.replaceAll('"', '""')}" FROM ${String(entity['entity'])}s`
      own(entity.queries, 'give_it', { columns, postgres })
    },
  },
]

/** The only step that a draft has from the start. */
const lastStep = ({ entity }: Draft): Retiring => entity.retention.steps[0]

const madeByRetention: readonly NamePlace[] = [
  {
    id: 'hook',
    isAt: (path, _name, message) => path.startsWith('retention') && message.includes('hook'),
    add: (draft, name) => own(lastStep(draft), 'before', name),
  },
  {
    id: 'summary',
    isAt: (path) => path.endsWith('.into'),
    add: (draft, name) => own(lastStep(draft).summarise, 'into', `${name}~`),
  },
  {
    id: 'count',
    isAt: (path, _name, message) => path.startsWith('retention') && message.includes('a field'),
    add: (draft, name) => own(lastStep(draft).summarise, 'count', name),
  },
]

/** The same of what a store calls an entity, which no index of the same name may stand beside, and of what retention makes. */
export const storePlaces: readonly NamePlace[] = [
  ...(['table', 'collection'] as const).map((id) => ({
    id,
    isAt: (path: string, _name: string, message: string) => path === id || (path === 'entity' && message.includes(id)),
    add: ({ entity }: Draft, name: string) => own(entity, id, name),
  })),
  ...madeByRetention,
]
