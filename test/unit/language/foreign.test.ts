import { describe, expect, test } from 'vitest'
import { toJson } from '../../../generators/kernel/diagnostic.js'
import { compileTexts, printed } from '../../support/compile.js'

const others = `---
entity: user
fields: { id: snowflake }
retention: { keep: forever, because: Known. }
---
entity: guild_member
table: members
fields: { id: snowflake }
`

const compileField = (field: string) =>
  compileTexts({ 'note.yaml': `entity: note\nfields:\n  id: snowflake\n  a: ${field}\n${others}` }).diagnostics

/** What the first finding about a field suggests to write. */
const suggested = (field: string): string | undefined => {
  const [finding] = compileField(field)
  expect(finding, field).toBeDefined()
  return finding && /`([^`]*)`[^`]*$/.exec((toJson(finding).help ?? '').replace(/: a `\?` after.*$/, ''))?.[1]
}

describe('a field as other tools declare it is answered with its form here', () => {
  test.each([
    ['boolean default false', 'boolean = false'],
    ['BOOLEAN NOT NULL DEFAULT TRUE', 'boolean = true'],
    ['String @id', '{ type: text, key: true }'],
    ['String @id @default(uuid())', '{ type: uuid, key: true }'],
    ['Int @id @default(autoincrement())', '{ type: identity, key: true }'],
    ['Int @default(0)', 'integer = 0'],
    ['DateTime @default(now())', 'timestamp = now'],
    ['string | null', 'text?'],
    ['number | undefined', 'integer?'],
    [`"'low' | 'high'"`, 'enum(low, high)'],
    [`"'low' | 'high' | null"`, 'enum(low, high)?'],
    ['bigint references users(id)', 'ref(user)'],
    ['bigint not null references user (id) on delete cascade', '{ type: ref(user), on_delete: cascade }'],
    ['bigint references members on delete set null', '{ type: ref(guild_member), on_delete: set null }'],
    ['int unsigned', '{ type: integer, min: 0 }'],
    ['varchar(32) not null', 'string(32)'],
    ["varchar(32) default 'en'", 'string(32) = en'],
    ['character varying(64) unique', '{ type: string(64), unique: true }'],
    ['numeric(10, 2) default 0', 'decimal(10, 2) = 0'],
    ['"numeric(10, 2) unique"', '{ type: "decimal(10, 2)", unique: true }'],
    ['timestamp with time zone default now()', 'timestamp = now'],
    ['timestamptz(3) not null default current_timestamp', 'timestamp = now'],
    ['double precision', 'float'],
    ['text[]', 'list<text>'],
    ['String[]', 'list<text>'],
    ['bigint primary key generated always as identity', '{ type: identity, key: true }'],
    ['int auto_increment', 'identity'],
    ['Schema.Types.ObjectId', 'objectid'],
    ['jsonb', 'json'],
    ['String', 'text'],
    ['String?', 'text'],
    ['String(32)', 'string(32)'],
    ['string', 'string(100)'],
    ['Array<string>', 'list<text>'],
    ['Date', 'timestamp'],
    ['Number', 'integer'],
    ['{ type: timestamp, nullable: true }', 'type: timestamp?'],
    ['{ type: timestamp, required: false }', 'type: timestamp?'],
    ['{ type: "string(5)", allowNull: true }', 'type: string(5)?'],
    ['{ type: text, primaryKey: true }', 'key: true'],
    ['timestamp = now()', 'now'],
    ['timestamp = CURRENT_TIMESTAMP', 'now'],
    ['{ type: timestamp, default: Date.now }', 'now'],
    ['date = current_date', 'now'],
  ])('%s → %s', (written, form) => {
    expect(suggested(written)).toBe(form)
  })

  test('what is suggested is taken: no second error follows', () => {
    for (const form of [
      'boolean = false',
      'integer = 0',
      'timestamp = now',
      'enum(low, high)?',
      'ref(user)',
      '{ type: ref(user), on_delete: cascade }',
      '{ type: integer, min: 0 }',
      'string(32) = en',
      'decimal(10, 2) = 0',
      '{ type: string(64), unique: true }',
      '{ type: "decimal(10, 2)", unique: true }',
      'list<text>',
      'objectid',
    ])
      expect(printed(compileField(form)), form).toEqual([])
  })

  test.each([
    'text collate "C"',
    'int check (a > 0)',
    'bigint references nothing(id)',
    'String @updatedAt',
    'text default (1 + 1)',
  ])('%s has no counterpart in a field, so the form of a type is told', (written) => {
    const [finding] = compileField(`'${written.replaceAll("'", "''")}'`)
    expect(finding && toJson(finding)).toMatchObject({
      code: 'bad-type-syntax',
      help: expect.stringContaining('a type is written'),
    })
  })

  test.each([
    ['{ type: timestamp, required: true }'],
    ['{ type: timestamp, nullable: false }'],
    ['{ type: timestamp, notNull: true }'],
  ])('%s: a value is required by itself', (field) => {
    const [finding] = compileField(field)
    expect(finding && toJson(finding).help).toMatch(/^remove it: a value is required/)
  })
})

describe('ages and modules', () => {
  test.each([
    ['30d', '30 days'],
    ['1 d', '1 day'],
    ['12hrs of seen_at', '12 hours of seen_at'],
    ['90 Days', '90 days'],
    ['5min', '5 minutes'],
    ['2mo', '2 months'],
  ])('after: %s → %s', (age, form) => {
    const text = `entity: note\nfields: { id: snowflake, seen_at: timestamp = now }\nretention: { clock: seen_at, steps: [{ after: ${age}, delete: true }] }\n`
    const [finding] = compileTexts({ 'note.yaml': text }).diagnostics
    expect(finding && toJson(finding).help).toBe(`write \`${form}\``)
  })

  test('use: [members]', () => {
    const [finding] = compileTexts({ 'botschema.yaml': 'name: sample\nuse: [members]\n' }).diagnostics
    expect(finding && toJson(finding).help).toBe(
      'write `botschema:members` for a module of the library, or `./members` for a folder',
    )
  })
})
