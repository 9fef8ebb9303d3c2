import type { Expression } from '../../../generators/model/expression.js'
import type { SchemaSet } from '../../../generators/model/schema-set.js'
import {
  boolean,
  entity,
  enumDefinition,
  enumeration,
  field,
  identity,
  list,
  literalDefault,
  nowDefault,
  object,
  objectDefinition,
  origin,
  schemaSet,
  snowflake,
  text,
  timestamp,
} from '../zod/model.js'

const read = (name: string): Expression => ({ kind: 'field', path: [name], origin })

const isTrue = (name: string): Expression => ({
  kind: 'compare',
  operator: '=',
  left: read(name),
  right: { kind: 'literal', value: { kind: 'boolean', truth: true }, origin },
  origin,
})

const later: Expression = {
  kind: 'or',
  left: { kind: 'is-null', operand: read('expires_at'), negated: false, origin },
  right: { kind: 'compare', operator: '>', left: read('expires_at'), right: read('created_at'), origin },
  origin,
}

const user = entity('user', [field('id', snowflake('user')), field('name', text({ maxLength: 32 }))], {
  summary: 'An account that the bot has met.',
  group: 'core',
})

const guild = entity('guild', [field('id', snowflake('guild')), field('server', object('guild_server'))], {
  summary: 'A guild the bot is in.',
  group: 'core',
})

/** The warning of the design's example, with something of each kind that a page shows. */
export const warning = entity(
  'warning',
  [
    field('id', identity('warning'), { maintained: 'store' }),
    field('user_id', snowflake('user'), { personal: true }),
    field('guild_id', snowflake('guild')),
    field('reason', text({ maxLength: 512 }), { nullable: true }),
    field('severity', enumeration('warning_severity'), { default: literalDefault('medium') }),
    field('created_at', timestamp, { default: nowDefault }),
    field('expires_at', timestamp, { nullable: true }),
    field('active', boolean, { default: literalDefault(true), summary: 'Whether it counts | still.' }),
    field('evidence', list({ kind: 'format', format: 'url', minLength: null, maxLength: null }, { maxItems: 10 }), {
      default: literalDefault([]),
    }),
  ],
  {
    summary: "A moderator's warning to a member.",
    group: 'moderation',
    docs: {
      title: null,
      represents: 'A rule the member broke, as a moderator saw it.',
      why: 'Repeated warnings lead to a mute.',
      grows: { when: 'A moderator warns someone.', rate: '5-50 a day in an active guild' },
      cleaned: null,
      notes: [],
      notStored: ['What the member had written.'],
      sources: [],
    },
    uniques: [
      {
        fields: ['user_id', 'guild_id', 'created_at'],
        name: null,
        nulls: 'distinct',
        deferrable: false,
        where: null,
        note: null,
        origin,
      },
    ],
    references: [
      {
        fields: ['user_id'],
        to: { entity: 'user', fields: ['id'] },
        onDelete: 'cascade',
        onUpdate: 'no action',
        setNull: [],
        enforced: true,
        name: null,
        origin,
      },
    ],
    indexes: [
      {
        parts: [
          {
            kind: 'field',
            path: ['created_at'],
            direction: 'desc',
            nulls: null,
            collation: null,
            operatorClass: null,
            origin,
          },
        ],
        name: 'idx_warnings_recent',
        unique: false,
        where: isTrue('active'),
        using: null,
        include: [],
        note: 'The list of late warnings.',
        origin,
      },
    ],
    checks: [{ name: 'expiry', expression: later, text: 'expires_at is null or expires_at > created_at', origin }],
    retention: {
      lifecycle: {
        kind: 'steps',
        clock: 'created_at',
        steps: [
          {
            due: { kind: 'after', age: { count: 90, unit: 'days' }, of: 'created_at', origin },
            where: null,
            action: { kind: 'set', values: [{ field: 'active', value: false }] },
            summarise: null,
            before: null,
            origin,
          },
          {
            due: { kind: 'after', age: { count: 365, unit: 'days' }, of: 'created_at', origin },
            where: null,
            action: { kind: 'archive', into: 'warnings_archive' },
            summarise: null,
            before: null,
            origin,
          },
          {
            due: { kind: 'after', age: { count: 730, unit: 'days' }, of: 'created_at', origin },
            where: null,
            action: { kind: 'delete' },
            summarise: {
              into: 'warning_summaries',
              by: [
                { field: 'guild_id', period: null },
                { field: 'created_at', period: 'month' },
              ],
              count: 'warnings',
              aggregates: [],
              origin,
            },
            before: null,
            origin,
          },
        ],
        every: null,
        batch: null,
        keepNewest: null,
        origin,
      },
      guildLeave: { kind: 'delete', origin },
      memberLeave: null,
      erase: [{ field: 'user_id', rule: { kind: 'delete' }, origin }],
      origin,
    },
    access: [
      { actor: 'warn_command', create: true, read: false, update: false, delete: false, origin },
      { actor: 'cleanup_task', create: false, read: false, update: ['active'], delete: true, origin },
    ],
    queries: [
      {
        name: 'active_for_member',
        summary: "A member's warnings still in force, newest first.",
        parameters: [{ name: 'user', type: snowflake('user'), nullable: false, field: null, origin }],
        returns: 'many',
        columns: null,
        postgres: { text: 'SELECT id FROM warnings\nWHERE user_id = :user AND active', origin },
        mongo: { command: { find: { user_id: ':user', active: true } }, places: [], origin },
        origin,
      },
    ],
    examples: [
      {
        values: [
          { field: 'user_id', value: '987654321098765432', origin },
          { field: 'reason', value: 'Spam', origin },
        ],
        origin,
      },
    ],
  },
)

/** Three entities in two chapters, an object and an enum of the set's own. */
export const community: SchemaSet = {
  ...schemaSet({}),
  name: 'community',
  title: 'Community bot',
  summary: 'Moderation, levels and economy for one community bot.',
  groups: [
    { name: 'core', title: 'Core tables', origin },
    { name: 'moderation', title: 'Moderation', origin },
  ],
  pages: [{ path: 'intro.md', text: '# Where to begin\n\nHere.\n', origin }],
  actors: [
    { name: 'warn_command', summary: "The moderators' warn command", origin },
    { name: 'cleanup_task', summary: 'The nightly retention run', origin },
    { name: 'idle', summary: 'Touches nothing', origin },
  ],
  entities: [guild, user, warning],
  objects: [
    objectDefinition('guild_server', [field('region', enumeration('region')), field('tags', list(text()))], {
      summary: 'Where a guild is.',
    }),
  ],
  enums: [
    {
      ...enumDefinition('region', ['eu', 'us']),
      values: [
        { value: 'eu', summary: 'Europe', was: null, origin },
        { value: 'us', summary: null, was: 'america', origin },
      ],
    },
    { ...enumDefinition('warning_severity', ['low', 'medium', 'high']), inline: 'warning.severity' },
  ],
}
