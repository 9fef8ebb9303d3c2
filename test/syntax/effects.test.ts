import { expect, test, vi } from 'vitest'
import type { Source } from '../../generators/kernel/source.js'
import type { LoadedFile } from '../../generators/language/load/index.js'
import { needlessIn } from './needless.js'

// A change is of one file: the others of the set are read once, not a thousand times.
vi.mock('../../generators/language/load/index.js', async (original) => {
  const { loadFile } = await original<typeof import('../../generators/language/load/index.js')>()
  const loaded = new Map<string, LoadedFile>()
  return {
    loadFile: (source: Source): LoadedFile => {
      const key = `${source.path}\n${source.text}`
      const file = loaded.get(key) ?? loadFile(source)
      loaded.set(key, file)
      return file
    },
  }
})

test.each([
  ['everything', 'botschema.yaml'],
  ['everything', 'guild.yaml'],
  ['everything', 'book.yaml'],
  ['everything', 'shared.yaml'],
  ['everything', 'reader.yaml'],
  ['everything', 'records.yaml'],
  ['everything-else', null],
  ['enforced', null],
  ['vectors', null],
  ['types-only', null],
  ['extended', 'botschema.yaml'],
  ['extended', 'extensions.yaml'],
  ['extended', 'shared/module.yaml'],
])(
  'all that is said has an effect: %s %s',
  async (set, file) => {
    expect(await needlessIn(set, file)).toEqual([])
  },
  300_000,
)
