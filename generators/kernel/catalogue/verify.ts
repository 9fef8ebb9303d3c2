import { error } from './entry.js'

export const verifyCatalogue = {
  'nothing-to-verify': error<{ output: string }>({
    message: ({ output }) => `there are no outputs in ${output}`,
    help: () => 'run `botschema generate` first',
    explanation:
      '`botschema verify` proves the outputs as they stand on the disk: it runs the DDL, compiles the types, loads the models and puts the examples through all of them. The output folder of this set has no manifest.json, so nothing was generated into it yet.',
  }),
  'types-refused': error<{ message: string }>({
    message: ({ message }) => `the compiler refuses this: ${message}`,
    help: () => 'if the file is as botschema wrote it (`botschema check`), this is a bug in botschema: please report it',
    explanation:
      'Emitted TypeScript is compiled as a whole, under `strict`, `exactOptionalPropertyTypes`, `noUncheckedIndexedAccess` and `verbatimModuleSyntax`, with the compiler that botschema ships. The compiler found a mistake in an output. Outputs that were not edited compile: run `botschema check` to see whether this one was.',
  }),
  'json-schema-refused': error<{ message: string }>({
    message: ({ message }) => `this is no JSON Schema that a validator takes: ${message}`,
    help: () => 'run `botschema check` to see whether the file was edited',
    explanation:
      'Each emitted JSON Schema is given to a validator of draft 2020-12 in its strict mode, which refuses unknown keywords and contradictions. It refused this one.',
  }),
  'ddl-refused': error<{ message: string }>({
    message: ({ message }) => `Postgres refuses this: ${message}`,
    help: () => 'run `botschema check` to see whether the file was edited; raw SQL of a `postgres:` block is passed on as it is',
    explanation:
      'The emitted SQL is run on a real Postgres engine, in an empty database. The server refused a statement, in its own words. Where the statement holds SQL from a `postgres:` block of yours, that is where to look; otherwise the file was edited (`botschema check` tells).',
  }),
  'model-refused': error<{ message: string }>({
    message: ({ message }) => `the module cannot be loaded: ${message}`,
    help: () => 'run `botschema check` to see whether the file was edited',
    explanation:
      'Every emitted module is loaded, and every model is made in the real Mongoose (no server is needed for that). This one threw while it was loaded, or does not export what its name promises.',
  }),
  'example-refused': error<{ by: string; message: string }>({
    message: ({ by, message }) => `${by} refuses this example: ${message}`,
    help: () => 'mend the example, or the rule it breaks',
    explanation:
      'A row under `examples:` is put through everything that was emitted: the JSON Schema of an insert, the Zod schema, the Mongoose model, and an insert on a real Postgres. An example that one of them refuses misleads its readers.\n\nAll of them refuse the same rows; when only one does, that is a bug in botschema: please report it.',
  }),
  'example-refers-to-nothing': error<{ entity: string; fields: string }>({
    message: ({ entity, fields }) => `no example of ${entity} has the ${fields} that this row refers to`,
    help: ({ entity }) => `add an example to ${entity}, or refer to one that is there`,
    explanation:
      'Examples are stored on a real Postgres, in the order of their references. This row refers to a row that none of the examples makes, so the database refuses it.\n\nExample rows of a set are one small world: give the entity that is referred to an example with that key.',
  }),
  'example-changed': error<{ field: string; stored: string; read: string }>({
    message: ({ field, stored, read }) => `${field} was stored as ${stored} and read back as ${read}`,
    help: () => 'this is a bug in botschema, unless a trigger or a raw default of yours changes the field: please report it',
    explanation:
      'Each example is stored on a real Postgres, read back and decoded with the emitted codec. What comes back must equal what was stored.',
  }),
} as const
