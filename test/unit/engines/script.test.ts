import { describe, expect, it } from 'vitest'
import { compileEmitted, compileScripts } from '../../../generators/engines/script/compile.js'
import { loadEmitted } from '../../../generators/engines/script/load.js'

const files = [
  {
    path: 'zod/a.ts',
    text: "import { z } from 'zod'\nimport { limit } from './b.js'\nexport const a = z.string().max(limit)\n",
  },
  { path: 'zod/b.ts', text: 'export const limit = 3\n' },
]

describe('compileEmitted', () => {
  it('finds nothing in sound files that import each other and zod', async () => {
    expect(await compileEmitted(files, 'esm')).toEqual([])
  })

  it('names the file, the line and the column of a type error', async () => {
    const broken = [
      ...files,
      { path: 'zod/c.ts', text: "import { limit } from './b.js'\n\nexport const c: string = limit\n" },
    ]
    expect(await compileEmitted(broken, 'esm')).toEqual([
      { path: 'zod/c.ts', line: 3, column: 14, message: "Type 'number' is not assignable to type 'string'." },
    ])
  })

  it('holds files to exactOptionalPropertyTypes', async () => {
    const loose = [{ path: 'x.ts', text: 'export const x: { a?: string } = { a: undefined }\n' }]
    expect(await compileEmitted(loose, 'esm')).toHaveLength(1)
  })
})

describe('compileScripts', () => {
  it('reads each set as what it is for, and tells findings of the set that they are of', async () => {
    const importing = { path: 'x.ts', text: "import { limit } from './b'\nexport const x: string = limit\n" }
    const limit = { path: 'b.ts', text: 'export const limit = 3\n' }
    const wrongType = "Type 'number' is not assignable to type 'string'."
    const found = await compileScripts([
      { files, module: 'esm' },
      { files: [importing, limit], module: 'cjs' },
      { files: [importing, limit], module: 'esm' },
    ])
    const told = found.map((findings) => findings.map(({ path, line, message }) => `${path}:${line} ${message}`))
    expect(told).toEqual([[], [`x.ts:2 ${wrongType}`], [expect.stringMatching(/^x\.ts:1 .*explicit file extensions/)]])
  })
})

describe('loadEmitted', () => {
  it('runs modules with their imports', async () => {
    const load = await loadEmitted(files)
    const { a } = load('zod/a.ts') as { a: { safeParse: (value: unknown) => { success: boolean } } }
    expect([a.safeParse('abc').success, a.safeParse('abcd').success]).toEqual([true, false])
  })

  it('throws for a file that is not there', async () => {
    const load = await loadEmitted(files)
    expect(() => load('zod/z.ts')).toThrow('no emitted file zod/z.ts')
  })
})
