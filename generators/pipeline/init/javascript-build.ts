import type { ModuleSystem } from '../../model/options.js'
import { javascriptBase, outputBase, ownFile, type PlannedFile } from './files.js'

export const buildConfig = 'tsconfig.botschema.json'

/** `noCheck`: the types were proved by \`botschema verify\`; the step only takes them out, and keeps them for editors. */
const configText = (module: ModuleSystem): string => `{
  "include": ["${outputBase}/**/*.ts"],
  "compilerOptions": {
    "rootDir": "${outputBase}",
    "outDir": "${javascriptBase}",
    "target": "es2022",
    "module": "${module === 'esm' ? 'es2022' : 'commonjs'}",
    "esModuleInterop": true,
    "rewriteRelativeImportExtensions": true,
    "isolatedModules": true,
    "declaration": true,
    "noCheck": true,
    "types": []
  }
}
`

const nodeWords = { esm: 'module', cjs: 'commonjs' } as const

/**
 * What makes JavaScript of the outputs. Node reads a file as the nearest package.json says, so where the outputs are of
 * another kind than the project, their folder has one of its own.
 */
export const javascriptBuild = (module: ModuleSystem, project: ModuleSystem): readonly PlannedFile[] => [
  ownFile(buildConfig, configText(module)),
  ...(module === project
    ? []
    : [ownFile(`${javascriptBase}/package.json`, `{\n  "type": "${nodeWords[module]}"\n}\n`)]),
]

/** What git leaves out of it: all that the step makes. */
export const builtLines = (module: ModuleSystem, project: ModuleSystem): readonly string[] =>
  module === project ? [`${javascriptBase}/`] : [`${javascriptBase}/*`, `!${javascriptBase}/package.json`]
