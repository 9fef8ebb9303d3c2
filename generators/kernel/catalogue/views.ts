import { error } from './entry.js'

export const viewsCatalogue = {
  'mongo-field-name': error<{ name: string }>({
    message: ({ name }) => `Mongo cannot hold a field named \`${name}\``,
    help: () => 'name it without dots, without a `$` in front, and not `__proto__`',
    explanation: `MongoDB reads a dot in a name as a step into an object and a leading \`$\` as an operator, so documents with such
fields cannot be queried or updated; \`__proto__\` is not a plain key in JavaScript. Rename the field, or keep it out of
Mongo with \`stores: [postgres]\`.`,
  }),
  'mongo-id-taken': error<{ entity: string }>({
    message: ({ entity }) => `\`_id\` of ${entity} is Mongo's own`,
    help: () => "make it the entity's only key, or give it another name",
    explanation: `Every document has one \`_id\`. It holds the single key of an entity, whatever that field is called; with a composite
key, or none, it is an ObjectId that Mongo makes. A second field of that name has no place.`,
  }),
  'collection-name': error<{ collection: string }>({
    message: ({ collection }) => `Mongo cannot have a collection named \`${collection}\``,
    help: () => 'use letters, digits and underscores, and do not begin with `system.`',
    explanation: `MongoDB refuses collections whose names are empty, hold a \`$\`, or begin with \`system.\`. Give the entity another
\`collection:\`.`,
  }),
  'collection-clash': error<{ collection: string; entity: string }>({
    message: ({ collection, entity }) => `the collection \`${collection}\` of ${entity} is taken`,
    help: () => 'give one of them another `collection:`',
    explanation: `Two entities cannot share a collection, for its validator accepts the documents of one only. A set that numbers rows
with \`next(…)\` also has the collection \`counters\`, which keeps the last number of each parent.`,
  }),
  'mongoose-reserved-path': error<{ name: string }>({
    message: ({ name }) => `Mongoose cannot hold a field named \`${name}\``,
    help: () => 'give the field another name, or keep it out of Mongo with `stores: [postgres]`',
    explanation: `A Mongoose document has a property for each of its fields, and methods and properties of its own. A field named
\`save\` or \`$set\` would take the place of what Mongoose itself calls, and no document could be stored. Most names that
Mongoose warns about do work and are accepted; the few that break it are refused.`,
  }),
} as const
