import type { Entity, SchemaSet, Type } from '../../../generators/model/index.js'
import * as m from '../zod/model.js'

const nullable = { nullable: true }
const limited: Type = m.text({ form: 'string', maxLength: 512 })

const decimal: Type = { kind: 'decimal', precision: 10, scale: 2, inMongo: 'decimal128', min: '0', max: null }
const bytes: Type = { kind: 'bytes', minLength: null, maxLength: 16 }
const json: Type = { kind: 'json', as: 'jsonb' }
const url: Type = { kind: 'format', format: 'url', minLength: null, maxLength: null }
const uuid = (brand: string): Type => ({ kind: 'uuid', brand, row: false })
const union: Type = { kind: 'union', of: [m.integer, m.list(m.text())] }
const bigintKind: Type = m.bigint

const reference = (field: string, entity: string) => ({
  fields: [field],
  to: { entity, fields: ['id'] },
  onDelete: 'cascade' as const,
  onUpdate: 'no action' as const,
  setNull: [],
  enforced: true,
  name: null,
  origin: m.origin,
})

export const user: Entity = m.entity('user', [
  m.field('id', m.snowflake('user')),
  m.field('name', m.text({ form: 'string', minLength: 1, maxLength: 32 }), { personal: true }),
])

export const warning: Entity = m.entity(
  'warning',
  [
    m.field('id', m.identity('warning'), { maintained: 'store' }),
    m.field('user_id', m.snowflake('user')),
    m.field('moderator_id', m.snowflake('user'), { summary: 'Who warned' }),
    m.field('reason', limited, nullable),
    m.field('severity', m.enumeration('warning_severity'), { default: m.literalDefault('medium') }),
    m.field('created_at', m.timestamp, { default: m.nowDefault, immutable: true }),
    m.field('expires_at', m.timestamp, nullable),
    m.field('evidence', m.list(url, { maxItems: 10 }), { default: m.literalDefault([]) }),
  ],
  {
    summary: 'A moderator’s warning to a member',
    references: [reference('user_id', 'user')],
    checks: [m.check('expiry_after_creation', m.compare(m.read('expires_at'), '>', m.read('created_at')))],
    examples: [
      {
        origin: m.origin,
        values: [
          { field: 'user_id', value: '987654321098765432', origin: m.origin },
          { field: 'moderator_id', value: '111111111111111111', origin: m.origin },
        ],
      },
    ],
  },
)

export const profile: Entity = m.entity(
  'profile',
  [
    m.field('id', uuid('profile'), { maintained: 'store' }),
    m.field('settings', m.object('settings'), { default: m.literalDefault({ theme: 'dark' }) }),
    m.field('history', m.list(m.object('settings'))),
    m.field('balance', decimal),
    m.field('flags', bigintKind),
    m.field('avatar', bytes, nullable),
    m.field('extra', json, nullable),
    m.field('notes', m.map(m.list(m.text())), { stores: ['mongo'], deprecated: 'use extra' }),
    m.field('odd name', union, { summary: 'Ends */ here\n@deprecated not', notes: 'And `more`.' }),
    m.field('type', m.text(), { immutable: true }),
    m.field('counts', m.list(union)),
    m.field('day', { kind: 'date' }),
  ],
  { appendOnly: false },
)

export const link: Entity = m.entity(
  'link',
  [m.field('guild_id', m.snowflake('guild')), m.field('user_id', m.snowflake('user'))],
  { key: { kind: 'fields', fields: ['guild_id', 'user_id'], origin: m.origin } },
)

/** A set with every kind of shape: defaults inside objects, odd names, a row that is all key. */
export const sample: SchemaSet = m.schemaSet({
  name: 'sample',
  targets: {
    postgres: {
      schema: 'public',
      version: 15,
      timestamp: 'zoned',
      precision: 3,
      identity: 'identity',
      snowflake: 'bigint',
      idempotent: false,
      pg_cron: false,
      extension_schema: 'public',
      bot_role: 'bot',
      check_names: 'table',
      comments: null,
      access: false,
    },
    mongoose: { validators: 'strict', access: false },
    zod: {},
    typescript: { module: 'esm', imports: 'js', runtime: 'package' },
    'json-schema': {},
    markdown: { front_matter: 'none' },
  },
  entities: [link, profile, user, warning],
  objects: [
    m.objectDefinition(
      'settings',
      [
        m.field('theme', m.text(), { default: m.literalDefault('dark') }),
        m.field('nickname', m.text(), { optional: true }),
        m.field('since', m.timestamp, nullable),
        m.field('level', m.enumeration('level')),
      ],
      { summary: 'How it looks.' },
    ),
  ],
  enums: [
    m.enumDefinition('level', [0, 1, 2]),
    { ...m.enumDefinition('warning_severity', ['low', 'medium', 'high']), summary: 'How grave a warning is.' },
  ],
})
