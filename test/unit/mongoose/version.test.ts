import mongoose from 'mongoose'
import { expect, test } from 'vitest'
import { loadEmitted } from '../../../generators/engines/script/load.js'

const { MONGOOSE_MAJOR: major = '9' } = process.env

test('tests and emitted code run on the Mongoose of their project', async () => {
  const text = "import mongoose from 'mongoose'\nexport const { version } = mongoose\n"
  const load = await loadEmitted([{ path: 'version.ts', text }])
  expect(mongoose.version.split('.')[0]).toBe(major)
  expect(load('version.ts')['version']).toBe(mongoose.version)
})
