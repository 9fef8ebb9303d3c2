import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { transcript } from '../support/case.js'
import { copyFolder, inTemporaryFolder } from '../support/cli.js'

const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))

const sets = ['everything', 'everything-else', 'vectors', 'types-only', 'enforced']

test('what is emitted of the fixtures runs, compiles and loads', async () => {
  await inTemporaryFolder(async (folder) => {
    for (const name of sets) copyFolder(join(fixtures, name), join(folder, name))
    expect(await transcript(folder, ['generate'])).toContain('--- exit 0')
    const told = await transcript(folder, ['verify'])
    expect(told).toContain('--- exit 0')
    for (const name of sets) expect(told).toContain(`${name} → ${name}/`)
  })
}, 240_000)
