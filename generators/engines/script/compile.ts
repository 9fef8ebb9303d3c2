import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Diagnostic, ts } from 'ts-morph'
import type { EmittedFile, EngineFinding } from './emitted.js'
import { nodeTypes } from './node-types.js'

/**
 * Where emitted files seem to lie while they are compiled: inside botschema's own package, so that `zod`, `mongoose` and
 * `kysely` are the ones it ships. Nothing is written there.
 */
const stage = fileURLToPath(new URL('../../../.emitted', import.meta.url))

const findingOf = (
  diagnostic: Diagnostic<ts.Diagnostic>,
  flatten: typeof ts.flattenDiagnosticMessageText,
): EngineFinding => {
  const file = diagnostic.getSourceFile()
  const place = file?.getLineAndColumnAtPos(diagnostic.getStart() ?? 0)
  return {
    path: file === undefined ? '' : relative(stage, file.getFilePath()).replaceAll('\\', '/'),
    line: place?.line ?? 1,
    column: place?.column ?? 1,
    message: flatten(diagnostic.compilerObject.messageText, ' ').replaceAll(`${stage}/`, ''),
  }
}

/**
 * Type checks emitted TypeScript with the compiler that botschema ships, under the strictest flags.
 *
 * @param files the TypeScript files of one set; others are ignored
 * @param module what the set's files are for: it decides how their imports are read
 */
export const compileEmitted = async (
  files: readonly EmittedFile[],
  module: 'esm' | 'cjs',
): Promise<readonly EngineFinding[]> => {
  const { Project, ts } = await import('ts-morph')
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.es2022.d.ts'],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noPropertyAccessFromIndexSignature: true,
      noImplicitOverride: true,
      verbatimModuleSyntax: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
    },
  })
  project.createSourceFile(`${stage}/package.json`, JSON.stringify({ type: module === 'esm' ? 'module' : 'commonjs' }))
  project.createSourceFile(`${stage}/node.d.ts`, nodeTypes)
  for (const { path, text } of files) if (path.endsWith('.ts')) project.createSourceFile(`${stage}/${path}`, text)
  return project.getPreEmitDiagnostics().map((diagnostic) => findingOf(diagnostic, ts.flattenDiagnosticMessageText))
}
