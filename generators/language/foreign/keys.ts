/** What a key of another tool is here. `isOn`: whether its value is true. `type`: the type beside it, where that is a text. */
type Advise = (isOn: boolean, type: string | null) => string

const mayBeNull = (type: string | null): string =>
  `write \`type: ${type === null || type.endsWith('?') ? 'text?' : `${type}?`}\`: a \`?\` after the type allows null`
const mustBeThere = (): string => 'remove it: a value is required where the type has no `?` after it'

const nullability =
  (allowsNull: boolean): Advise =>
  (isOn, type) =>
    isOn === allowsNull ? mayBeNull(type) : mustBeThere()

const always =
  (advice: string): Advise =>
  () =>
    advice

const autoIncrement = always(
  'write `type: identity` for a key that the store numbers, or `integer = next(guild_id)` to number rows',
)

/** Keys of fields in Mongoose, Sequelize, TypeORM, Prisma, Drizzle and JSON Schema that are said otherwise here. */
const fieldKeys: Readonly<Record<string, Advise>> = {
  allownull: nullability(true),
  autoincrement: autoIncrement,
  enum: always('write `type: enum(low, high)`, or `values: [low, high]` beside the type'),
  generatedalways: autoIncrement,
  isprimary: always('write `key: true`'),
  notnull: nullability(false),
  null: nullability(true),
  nullable: nullability(true),
  optional: nullability(true),
  primary: always('write `key: true`'),
  primarykey: always('write `key: true`'),
  references: always('write `type: ref(user)`, with the name of the entity'),
  required: nullability(false),
  size: always('write `type: string(100)`, or `max_length: 100`'),
  validate: always('write `pattern:`, `min:` or `max_length:` here, or a condition under `checks:` of the entity'),
}

/** What to write instead of a key of a field that other tools have; null for one that none has. */
export const adviseFieldKey = (key: string, isOn: boolean, type: string | null): string | null =>
  fieldKeys[key.toLowerCase().replaceAll('_', '')]?.(isOn, type) ?? null
