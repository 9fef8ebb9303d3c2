import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { transcript } from '../support/case.js'
import { copyFolder, inTemporaryFolder } from '../support/cli.js'

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))

test.each(['everything', 'everything-else', 'vectors', 'types-only'])(
  'what is emitted of %s runs, compiles and loads',
  async (name) => {
    await inTemporaryFolder(async (folder) => {
      copyFolder(join(fixtures, name), folder)
      expect(await transcript(folder, ['generate'])).toContain('--- exit 0')
      expect(await transcript(folder, ['verify'])).toContain('--- exit 0')
    })
  },
  120_000,
)
