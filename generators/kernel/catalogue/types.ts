import { error, nearestOr } from './entry.js'

export const typesCatalogue = {
  'bad-type-syntax': error<{ message: string; meant: string | null }>({
    message: ({ message }) => `this type cannot be read: ${message}`,
    help: ({ meant }) =>
      meant === null
        ? 'a type is written `name`, `name(…)` or `name<…>`, then `?` if it may be null, then ` = default`'
        : `write \`${meant}\``,
    explanation:
      'The short form of a field is `TYPE[?][ = DEFAULT]`: `string(100)?`, `list<url>`, `enum(low, high) = low`. Inside `{ }` a type with a comma needs quotes.',
  }),
  'wrong-type-arguments': error<{ name: string; form: string }>({
    message: ({ name }) => `\`${name}\` is not written like this`,
    help: ({ form }) => `write ${form}`,
    explanation:
      'Some types take something in brackets: a length (`string(100)`), digits (`decimal(10, 2)`), a unit (`duration(seconds)`), the type of their items (`list<text>`). The others take nothing.',
  }),
  'unknown-type': error<{ name: string; nearest: string | null }>({
    message: ({ name }) => `there is no type \`${name}\``,
    help: ({ nearest }) =>
      nearestOr(nearest, 'define it with `object:`, `enum:` or `type:`, or use a type of the language'),
    explanation:
      'A type is one of the language (`text`, `snowflake`, `timestamp`, …) or a name that the set defines with `object:`, `enum:` or `type:`.',
  }),
  'entity-as-type': error<{ name: string }>({
    message: ({ name }) => `\`${name}\` is an entity, which no field can hold`,
    help: ({ name }) => `refer to it: \`ref(${name})\``,
    explanation:
      'Rows of an entity live by themselves. A field refers to one by its key with `ref(…)`; a structure that lives inside a row is an `object:`.',
  }),
  'null-inside': error<{ name: string }>({
    message: ({ name }) => `\`${name}\` may be null, which items of lists, maps and unions may not`,
    help: () => 'leave the null out, or use a type that has none',
    explanation: 'Lists and maps hold values only: a null item would mean something else in each store.',
  }),
  'recursive-type': error<{ name: string }>({
    message: ({ name }) => `the type \`${name}\` is made from itself`,
    help: () => 'let one of the types be made from a type of the language',
    explanation: 'A named type is made from another with `is:`; following that must end at a type of the language.',
  }),
  'recursive-object': error<{ path: readonly string[] }>({
    message: ({ path }) => `an object cannot hold itself: ${path.join(' → ')}`,
    help: () => 'make it an entity that refers to itself',
    explanation:
      'Objects are kept whole inside a row, so their depth must be known. A tree of any depth is an entity whose rows refer to their parents.',
  }),
  'nested-too-deep': error<{ what: 'objects' | 'types' | 'keys'; deepest: number }>({
    message: ({ what, deepest }) =>
      ({
        objects: `objects hold each other more than ${deepest} deep`,
        types: `types are made from each other more than ${deepest} deep`,
        keys: `keys take their types from each other more than ${deepest} deep`,
      })[what],
    help: () => 'leave out some of the steps',
    explanation:
      'No data of a bot needs this depth, and no store takes much more of it: MongoDB keeps documents of at most 100 levels. A set that has it was most likely made by a program, or by mistake.',
  }),
  'object-too-large': error<{ object: string; most: number }>({
    message: ({ object, most }) =>
      `\`${object}\` comes to more than ${most} fields, those of the objects in it counted wherever they stand`,
    help: () => 'keep part of it in an entity of its own',
    explanation:
      "An object that holds another twice holds its fields twice, and an object that holds that one twice holds them four times. Mongo's validators spell out each of them, so a few lines of YAML could come to more than any memory holds.",
  }),
  'reference-circle': error<{ entity: string; field: string }>({
    message: ({ entity, field }) => `the type of \`${entity}.${field}\` comes from this reference itself`,
    help: () => 'give one of the keys a type of its own, such as `snowflake`',
    explanation:
      'A reference takes the type of the key it leads to. Keys that refer to each other in a circle have no type.',
  }),
  'reference-to-no-key': error<{ entity: string; fields: readonly string[] }>({
    message: ({ entity, fields }) =>
      fields.length === 0
        ? `\`${entity}\` has no key to refer to`
        : `the key of \`${entity}\` has ${fields.length} fields`,
    help: ({ entity, fields }) =>
      fields.length === 0
        ? `name a unique field: \`ref(${entity}.field)\``
        : `write \`references: [{ fields: [${fields.join(', ')}], to: ${entity} }]\` under the entity, with one field here for each, of the same type`,
    explanation:
      'A field refers to the one field that is the key of an entity, or to a unique field named after a dot. Keys of several fields are referred to by as many, under `references:`.',
  }),
  'reference-inside': error<{ entity: string }>({
    message: () => 'no database enforces a reference from inside a list, a map or an object',
    help: ({ entity }) => `say so with \`enforced: false\`, or give \`${entity}\` rows of its own that refer both ways`,
    explanation:
      'Constraints hold between columns. A reference inside a structure only documents what an id is of, which `enforced: false` says openly.',
  }),
  'option-not-for-type': error<{ option: string; type: string }>({
    message: ({ option, type }) => `\`${option}\` means nothing for a field of type \`${type}\``,
    help: () => 'remove it, or change the type',
    explanation:
      'Every key has an effect or is an error. `min` and `max` bound numbers, lengths and `pattern` limit texts, `min_items` and `max_items` lists and maps, `zone` and `precision` timestamps, `on_delete` references; `as` chooses among the columns that one type can have.',
  }),
  'bad-limit': error<{ key: string; expected: string }>({
    message: ({ key, expected }) => `\`${key}\` of this type is ${expected}`,
    help: ({ key, expected }) => `write \`${key}\` as ${expected}`,
    explanation: 'The bounds of a type are values of that type: whole for whole numbers, and exact.',
  }),
  'limits-leave-nothing': error<{ low: string; high: string; min: string; max: string }>({
    message: ({ low, high, min, max }) => `no value is left: \`${low}\` is ${min} and \`${high}\` is ${max}`,
    help: ({ low, high }) => `lower \`${low}\` or raise \`${high}\``,
    explanation: 'The least value, length or number of items must not be above the greatest.',
  }),
  'bad-literal': error<{ expected: string; found: string; meant?: string }>({
    message: ({ expected, found }) => `expected ${expected}, not ${found}`,
    help: ({ expected, meant }) => `write ${meant ?? expected}`,
    explanation:
      'Defaults, examples, seed rows and the values of retention are read by the type of their field. Numbers and truths are not quoted; ids may be, and keep all their digits either way.',
  }),
  'default-incomplete': error<{ object: string; fields: readonly string[] }>({
    message: ({ object, fields }) =>
      `this default leaves out ${fields.map((field) => `\`${field}\``).join(', ')} of \`${object}\`, which ${fields.length === 1 ? 'has' : 'have'} no default`,
    help: () => 'give those fields a value here, a default of their own, or let them be null',
    explanation:
      "An object's default is built whole: from what it says itself, and from the defaults of the fields it leaves out.",
  }),
  'bad-enum-value': error<{ value: string; what: string }>({
    message: ({ value, what }) => `\`${value}\` cannot be a value of this enum: expected ${what}`,
    help: ({ what }) => `write ${what}; all values of an enum are texts, or all are whole numbers`,
    explanation:
      'The values of an enum are all texts, or all whole numbers: from -32768 to 32767 in a set that Postgres keeps, as it keeps them in a `smallint`.',
  }),
  'enum-value-twice': error<{ value: string }>({
    message: ({ value }) => `\`${value}\` is listed twice`,
    help: () => 'keep one of them',
    explanation: 'Each value of an enum is listed once.',
  }),
  'values-twice': error({
    message: () => 'the values of this enum stand in its brackets already',
    help: () => 'write `type: enum` and list them here, or remove these',
    explanation:
      'The values of an enum are said in one place: in `enum(a, b)`, or under `values:` with their meanings.',
  }),
} as const
