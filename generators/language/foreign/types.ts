/**
 * Types by the names that SQL, Prisma, Drizzle, Mongoose, TypeScript and other languages give them, in lower case. `#` stands
 * for what the name has in brackets, and where nothing is there `bare` counts.
 */
interface ForeignType {
  readonly bare: string
  readonly sized?: string
}

const alias = (bare: string, sized?: string): ForeignType => (sized === undefined ? { bare } : { bare, sized })

const varchar = alias('text', 'string(#)')
const instant = alias('timestamp', 'timestamp')

const foreignTypes: Readonly<Record<string, ForeignType>> = {
  array: alias('list<text>'),
  bigserial: alias('identity'),
  binary: alias('bytes', 'bytes'),
  blob: alias('bytes'),
  bool: alias('boolean'),
  buffer: alias('bytes'),
  bytea: alias('bytes'),
  char: alias('char(1)', 'char(#)'),
  character: alias('char(1)', 'char(#)'),
  'character varying': varchar,
  citext: alias('text'),
  datetime: instant,
  dict: alias('map<text>'),
  double: alias('float'),
  'double precision': alias('float'),
  int: alias('integer', 'integer'),
  int2: alias('smallint'),
  int4: alias('integer'),
  int8: alias('long'),
  interval: alias('duration(seconds)'),
  jsonb: alias('json'),
  longtext: alias('text'),
  mediumtext: alias('text'),
  mixed: alias('json'),
  number: alias('integer'),
  numeric: alias('decimal(10, 2)', 'decimal(#)'),
  record: alias('map<text>'),
  serial: alias('identity'),
  str: alias('text', 'string(#)'),
  string: varchar,
  'timestamp with time zone': instant,
  'timestamp without time zone': instant,
  timestamptz: instant,
  tinyint: alias('smallint', 'smallint'),
  varchar,
}

/** Names that are another type, or none, when they are spelt in the usual way of the language with another case. */
const byExactName: Readonly<Record<string, ForeignType>> = {
  BigInt: alias('bigint'),
  Bytes: alias('bytes'),
  // The class of JavaScript, and what Mongoose calls so, is a moment; SQL's `DATE` is a day.
  Date: alias('timestamp'),
  Json: alias('json'),
  Map: alias('map<text>'),
  ObjectId: alias('objectid'),
}

/** The form of the language for a type of another tool, such as `string(32)` for `varchar(32)`; null when it is unknown. */
export const translateTypeName = (name: string, given: string | null): string | null => {
  const plain = name.replace(/^(?:mongoose\.)?(?:Schema\.)?Types\./, '').replace(/\s+/g, ' ')
  const known = byExactName[plain] ?? foreignTypes[plain.toLowerCase()]
  if (known === undefined) return null
  return given === null ? known.bare : (known.sized?.replace('#', given) ?? null)
}
