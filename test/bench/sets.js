import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Twelve fields, each with a summary: an identity key, a reference to the entity before, and ten of what bots keep. */
const entityYaml = (index) => `entity: thing_${index}
summary: Thing number ${index} of the benchmark.
fields:
  id: { type: identity, summary: The key. }
  ${index === 0 ? 'parent_id: { type: snowflake(guild), summary: The guild above. }' : `parent_id: { type: ref(thing_${index - 1}), on_delete: cascade, summary: The thing before. }`}
  guild_id: { type: snowflake(guild), summary: The guild. }
  user_id: { type: snowflake(user), summary: The account. }
  name: { type: string(100), summary: What it is called. }
  reason: { type: string(512)?, summary: Why it is there. }
  score: { type: integer = 0, summary: How many points it has. }
  ratio: { type: float = 0.5, summary: How much of it is used. }
  active: { type: boolean = true, summary: Whether it counts. }
  level: { type: smallint = 1, summary: How high it is. }
  created_at: { type: timestamp = now, summary: When it was made. }
  note: { type: text?, summary: What was said of it. }
indexes:
  - [guild_id, user_id]
`

const entityDrizzle = (index) => `export const thing${index} = pgTable('thing_${index}s', {
  id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
  parentId: bigint('parent_id', { mode: 'bigint' }).notNull()${index === 0 ? '' : `.references(() => thing${index - 1}.id, { onDelete: 'cascade' })`},
  guildId: bigint('guild_id', { mode: 'bigint' }).notNull(),
  userId: bigint('user_id', { mode: 'bigint' }).notNull(),
  name: varchar('name', { length: 100 }).notNull(),
  reason: varchar('reason', { length: 512 }),
  score: integer('score').notNull().default(0),
  ratio: doublePrecision('ratio').notNull().default(0.5),
  active: boolean('active').notNull().default(true),
  level: smallint('level').notNull().default(1),
  createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull().defaultNow(),
  note: text('note'),
}, (table) => [index('thing_${index}s_guild_id_user_id_idx').on(table.guildId, table.userId)])
`

const drizzleHead = `import { bigint, boolean, doublePrecision, index, integer, pgTable, smallint, text, timestamp, varchar } from 'drizzle-orm/pg-core'
`

/** The path of the definition that the benchmark edits. */
export const editedFile = (folder, size) => join(folder, 'schemas', 'bench', `thing_${size >> 1}.yaml`)

/** A set of `size` entities for botschema and the same tables for drizzle-kit, each in a folder of its own below `folder`. */
export const writeSets = (folder, size) => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'schemas', 'bench'), { recursive: true })
  writeFileSync(
    join(folder, 'schemas', 'bench', 'botschema.yaml'),
    'name: bench\nsummary: Many things of one shape.\noutput: ../../output\n',
  )
  for (let index = 0; index < size; index++) {
    writeFileSync(join(folder, 'schemas', 'bench', `thing_${index}.yaml`), entityYaml(index))
  }
  const tables = Array.from({ length: size }, (_, index) => entityDrizzle(index))
  writeFileSync(join(folder, 'drizzle.schema.ts'), drizzleHead + tables.join(''))
  writeFileSync(
    join(folder, 'drizzle.config.js'),
    "export default { dialect: 'postgresql', schema: './drizzle.schema.ts', out: './drizzle' }\n",
  )
}
