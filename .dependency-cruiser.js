// Imports run one way: kernel ← model ← { language, relational, document, script } ← targets, evolution, engines ← pipeline ← cli.
// The runtime, which emitted code stands on, imports nothing of the compiler; of that, only proofs import the runtime.
// The rooms are described in generators/README.md.

const room = (...names) => `^generators/(?:${names.join('|')})/`
const views = ['relational', 'document', 'script']
const targets = ['postgres', 'mongoose', 'zod', 'typescript', 'json-schema', 'markdown']
const mayImport = {
  kernel: [],
  model: ['kernel'],
  language: ['kernel', 'model'],
  relational: ['kernel', 'model'],
  document: ['kernel', 'model'],
  script: ['kernel', 'model'],
  ...Object.fromEntries(targets.map((target) => [target, ['kernel', 'model', ...views]])),
  evolution: ['kernel', 'model', 'relational'],
  engines: ['kernel', 'model', ...views],
  pipeline: ['kernel', 'model', 'language', ...views, ...targets, 'evolution', 'engines'],
}

const loadedLazily =
  '^generators/(?:pipeline/(?:conformance|explain)/|cli/explain/|engines/mongo/(?:stand-in|bson-order|decimals|query-operators|unique-indexes)\\.ts$)'

const direction = ([name, allowed]) => ({
  name: `${name}-imports`,
  comment: `${name}/ may import ${allowed.length === 0 ? 'nothing of the others' : allowed.join(', ')}`,
  severity: 'error',
  from: { path: room(name) },
  to: { path: '^generators/', pathNot: [room(name, ...allowed)] },
})

export default {
  forbidden: [
    ...Object.entries(mayImport).map(direction),
    {
      name: 'no-circles',
      comment: 'a circle of imports has no first file to read',
      severity: 'error',
      from: { path: '^(?:generators|runtime/src)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'runtime-stands-alone',
      comment: 'the runtime is installed without the compiler: it imports zod, and mongoose for what is of Mongo',
      severity: 'error',
      from: { path: '^runtime/src/' },
      to: {
        pathNot: ['^runtime/src/', 'node_modules/(?:zod|mongoose)/', '^(?:node:)?(?:async_hooks|crypto|process)$'],
      },
    },
    {
      name: 'mongoose-is-optional',
      comment: 'a bot that keeps its data in Postgres alone installs no mongoose',
      severity: 'error',
      from: { path: '^runtime/src/', pathNot: '^runtime/src/mongo(?:ose)?/' },
      to: { path: ['node_modules/mongoose/', '^runtime/src/mongo(?:ose)?/'] },
    },
    {
      name: 'compiler-stands-alone',
      comment: 'what the compiler knows of the runtime is the path that emitted code imports; proofs run both',
      severity: 'error',
      from: { path: '^generators/', pathNot: room('pipeline') },
      to: { path: '^runtime/' },
    },
    {
      name: 'heavy-libraries-are-lazy',
      comment:
        'ts-morph, json-schema-to-typescript, sql-formatter, libpg-query, PGlite, mongoose, fast-check and mingo are loaded when their work is needed',
      severity: 'error',
      from: { path: '^generators/', pathNot: loadedLazily },
      to: {
        path: 'node_modules/(?:ts-morph|json-schema-to-typescript|sql-formatter|libpg-query|@electric-sql|mongoose|fast-check|mingo)/',
        dependencyTypesNot: ['type-only', 'dynamic-import'],
        dynamic: false,
      },
    },
    {
      name: 'conformance-is-lazy',
      comment: 'what proves conformance imports heavy libraries as it likes, and is itself loaded when it is asked for',
      severity: 'error',
      from: { path: '^generators/', pathNot: loadedLazily },
      to: { path: loadedLazily, dependencyTypesNot: ['type-only', 'dynamic-import'], dynamic: false },
    },
    {
      name: 'declared',
      comment: 'what runs is a dependency of package.json, not of its development',
      severity: 'error',
      from: { path: '^generators/[^/]+/' },
      // What is a dependency and a peer dependency (mongoose) is said to be in no package.json as well.
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown'],
        dependencyTypesNot: ['type-only', 'npm'],
      },
    },
    {
      name: 'only-cli-meets-the-world',
      comment:
        'disk, processes and sockets are reached through the Host; package resources are read where they are used',
      severity: 'error',
      from: {
        path: '^generators/[^/]+/',
        pathNot: [
          room('cli'),
          '^generators/(?:postgres|markdown)/layouts\\.ts$',
          '^generators/typescript/runtime-copy\\.ts$',
        ],
      },
      to: { path: '^(?:node:)?(?:fs|fs/promises|child_process|net|http|https|os|worker_threads)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}
