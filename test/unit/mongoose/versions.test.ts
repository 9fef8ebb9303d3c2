import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { compileScripts } from '../../../generators/engines/script/compile.js'
import type { EngineFinding } from '../../../generators/engines/script/emitted.js'
import { emittedWithCodecs, everything, setIn } from './emitted.js'

/** Only the types of Mongoose 8 have a callback here, so that they are known to be what is asked. */
const witness = `import { Schema } from 'mongoose'
new Schema().pre('bulkWrite', (next, operations) => {
  if (operations.length > 0) next()
})
`

const inMongoose8 = { mongoose: 'mongoose-8/types/index.d.ts' }

describe('emitted models and functions compile with the types of Mongoose 8', () => {
  let findings: readonly (readonly EngineFinding[])[]

  beforeAll(async () => {
    const scripts = [
      { files: await emittedWithCodecs(everything()), module: 'esm' },
      { files: await emittedWithCodecs(setIn('test/fixtures/everything-else')), module: 'cjs' },
      { files: [{ path: 'witness.ts', text: witness }], module: 'esm' },
    ] as const
    findings = [
      ...(await compileScripts(scripts, inMongoose8)),
      ...(await compileScripts([{ files: [{ path: 'witness.ts', text: witness }], module: 'esm' }])),
    ]
  }, 300_000)

  test('of a set that uses every feature', () => expect(findings[0]).toEqual([]))
  test('for CommonJS', () => expect(findings[1]).toEqual([]))
  test('and what only those types have, as a proof that they are asked', () => {
    expect(findings[2]).toEqual([])
    expect(findings[3]).not.toEqual([])
  })
})

test('the versions of Mongoose that are tested are those that the package says', () => {
  const { version: older } = JSON.parse(readFileSync('node_modules/mongoose-8/package.json', 'utf8'))
  const { version: newer } = JSON.parse(readFileSync('node_modules/mongoose/package.json', 'utf8'))
  const { peerDependencies, dependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  const majors = peerDependencies.mongoose.match(/(?<=\^)\d+/g)
  expect([older, newer].map((version: string) => version.split('.')[0])).toEqual(majors)
  expect(dependencies.mongoose).toMatch(/^\^9\./)
})
