import { posix } from 'node:path'
import { ts } from 'ts-morph'
import { describe, expect, it } from 'vitest'
import type { EmittedFile } from '../../../generators/engines/script/emitted.js'
import type { TypescriptOptions } from '../../../generators/model/options.js'
import { emitSet } from '../../conformance/emitted-set.js'
import { setIn } from '../mongoose/emitted.js'

const emittedWith = async (fixture: string, options: TypescriptOptions): Promise<readonly EmittedFile[]> => {
  const set = setIn(`test/fixtures/${fixture}`)
  const { files } = await emitSet({ ...set, targets: { ...set.targets, typescript: options } })
  return files.filter(({ path }) => path.endsWith('.ts'))
}

const specifierOf = (node: ts.Node): ts.Node | undefined => {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0]
  return ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined
}

interface Specifier {
  readonly start: number
  readonly end: number
  /** The path of the file that it names. */
  readonly names: string
}

/** The relative specifiers of a module, in their order. */
const relativeImports = ({ path, text }: EmittedFile): readonly Specifier[] => {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const found: Specifier[] = []
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node)
    if (specifier !== undefined && ts.isStringLiteral(specifier) && specifier.text.startsWith('.')) {
      const names = posix.join(posix.dirname(path), specifier.text)
      found.push({ start: specifier.getStart(source), end: specifier.getEnd(), names })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** A text whose relative specifiers end in `.js`. */
const endedInJs = (file: EmittedFile): string =>
  relativeImports(file).reduceRight(
    (text, { start, end }) => text.slice(0, start) + text.slice(start, end).replace(/\.ts'$/, ".js'") + text.slice(end),
    file.text,
  )

const fixtures = [
  ['everything', 'esm', 'package'],
  ['everything', 'esm', 'copied'],
  ['everything-else', 'cjs', 'copied'],
  ['extended', 'esm', 'copied'],
] as const

describe('imports that end in .ts', () => {
  it.each(fixtures)('name emitted files: %s, %s, runtime %s', async (fixture, module, runtime) => {
    const files = await emittedWith(fixture, { module, imports: 'ts', runtime })
    const paths = new Set(files.map(({ path }) => path))
    const lost = files.flatMap((file) =>
      relativeImports(file).flatMap(({ names }) => (paths.has(names) ? [] : [`${file.path}: ${names}`])),
    )
    expect(lost).toEqual([])
    expect(files.flatMap(relativeImports).length).toBeGreaterThan(20)
  })

  it('are all that differs, in copied sources too', async () => {
    const options = { module: 'esm', runtime: 'copied' } as const
    const [inTs, inJs] = await Promise.all([
      emittedWith('everything', { ...options, imports: 'ts' }),
      emittedWith('everything', { ...options, imports: 'js' }),
    ])
    expect(inTs.map((file) => ({ path: file.path, text: endedInJs(file) }))).toEqual(
      inJs.map(({ path, text }) => ({ path, text })),
    )
  })
})
