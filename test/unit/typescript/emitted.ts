import type { EmittedFile } from '../../../generators/engines/script/emitted.js'
import type { SchemaSet, Unit } from '../../../generators/model/index.js'
import { typescript } from '../../../generators/typescript/index.js'

/** The files that units emit, each with its parts in order. */
export const filesOf = async (units: readonly Unit[]): Promise<readonly EmittedFile[]> => {
  const parts = (await Promise.all(units.map((unit) => unit.emit()))).flatMap(({ value }) => value)
  const paths = [...new Set(parts.map(({ path }) => path))].sort()
  return paths.map((path) => ({
    path,
    text: parts
      .filter((part) => part.path === path)
      .sort((a, b) => a.order - b.order)
      .map(({ text }) => text)
      .join(''),
  }))
}

/** What the target emits for a set. */
export const emitted = (set: SchemaSet, module: 'esm' | 'cjs' = 'esm'): Promise<readonly EmittedFile[]> =>
  filesOf(typescript.units(set, { module, imports: 'js', runtime: 'package' }).value)

export const textOf = (files: readonly EmittedFile[], path: string): string =>
  files.find((file) => file.path === path)?.text ?? ''
