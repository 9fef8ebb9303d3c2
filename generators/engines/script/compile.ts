import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Diagnostic, Project, ts } from 'ts-morph'
import type { EmittedFile, EngineFinding } from './emitted.js'
import { nodeTypes } from './node-types.js'

/** The TypeScript files of one set, others being ignored, and what they are for: it decides how their imports are read. */
export interface EmittedScript {
  readonly files: readonly EmittedFile[]
  readonly module: 'esm' | 'cjs'
}

/**
 * Where emitted files seem to lie while they are compiled: inside botschema's own package, so that `zod`, `mongoose` and
 * `kysely` are the ones it ships. Nothing is written there.
 */
const stage = fileURLToPath(new URL('../../../.emitted', import.meta.url)).replaceAll('\\', '/')

const installed = (file: string): string => `${stage}/../node_modules/${file}`

const folderOf = (index: number): string => `${stage}/${index}/`

/** What is found outside of all sets, in a library or in no file, is about each of them. */
const isAbout = (folder: string, path = ''): boolean => path.startsWith(folder) || !path.startsWith(`${stage}/`)

type Flatten = typeof ts.flattenDiagnosticMessageText

const findingIn = (folder: string, diagnostic: Diagnostic<ts.Diagnostic>, flatten: Flatten): EngineFinding => {
  const file = diagnostic.getSourceFile()
  const place = file?.getLineAndColumnAtPos(diagnostic.getStart() ?? 0)
  return {
    path: file === undefined ? '' : relative(folder, file.getFilePath()).replaceAll('\\', '/'),
    line: place?.line ?? 1,
    column: place?.column ?? 1,
    message: flatten(diagnostic.compilerObject.messageText, ' ').replaceAll(folder, ''),
  }
}

/**
 * Each set in a folder of its own. ts-morph reads no package.json to know that a file is a module of ES, so it is told;
 * any other is one of CommonJS.
 */
const stageFiles = (project: Project, sets: readonly EmittedScript[], { ESNext }: typeof ts.ModuleKind): void => {
  project.createSourceFile(`${stage}/node.d.ts`, nodeTypes)
  for (const [index, { files, module }] of sets.entries())
    for (const { path, text } of files) {
      if (!path.endsWith('.ts')) continue
      const { compilerNode } = project.createSourceFile(`${folderOf(index)}${path}`, text)
      if (module === 'esm') compilerNode.impliedNodeFormat = ESNext
    }
}

/** Files of types to take instead of a package's own, by its name: of another version, `mongoose-8/types/index.d.ts`. */
export type Substitutes = Readonly<Record<string, string>>

/**
 * Type checks emitted TypeScript with the compiler that botschema ships, under the strictest flags. Sets that are given
 * together are checked in one program, since most of the time goes to the types of Zod and Mongoose, which it reads once.
 *
 * @returns the findings of each set, in the order of the sets
 */
export const compileScripts = async (
  sets: readonly EmittedScript[],
  substitutes: Substitutes = {},
): Promise<readonly (readonly EngineFinding[])[]> => {
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
      erasableSyntaxOnly: true,
      rewriteRelativeImportExtensions: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
      paths: Object.fromEntries(Object.entries(substitutes).map(([name, other]) => [name, [installed(other)]])),
    },
  })
  stageFiles(project, sets, ts.ModuleKind)
  const diagnostics = project.getPreEmitDiagnostics()
  return sets.map((_, index) => {
    const folder = folderOf(index)
    return diagnostics
      .filter((diagnostic) => isAbout(folder, diagnostic.getSourceFile()?.getFilePath()))
      .map((diagnostic) => findingIn(folder, diagnostic, ts.flattenDiagnosticMessageText))
  })
}

/** `compileScripts` of one set. */
export const compileEmitted = async (
  files: readonly EmittedFile[],
  module: 'esm' | 'cjs',
): Promise<readonly EngineFinding[]> => (await compileScripts([{ files, module }])).flat()
