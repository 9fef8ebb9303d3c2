import { expect, it } from 'vitest'
import { compileEmitted } from '../../generators/engines/script/compile.js'
import { emittedFiles } from '../storage/emitted.js'
import { scenarioFiles } from '../storage/scenario-set.js'

/** Keys have versions in Mongo alone, so that functions which take keys take more there. */
const comparison = `
import type { EncryptedFieldError as ErrorInMongo, BotStorage as InMongo } from './mongoose/access/index.js'
import type { EncryptedFieldError as ErrorInPostgres, BotStorage as InPostgres } from './postgres/index.js'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type Unlike = {
  [Name in keyof InPostgres]: Same<InPostgres[Name], InMongo[Name]> extends true ? never : Name
}[keyof InPostgres]

export const names: Same<keyof InPostgres, keyof InMongo> = true
export const unlike: Same<Unlike, 'insertVault' | 'setVaultToken' | 'getVaultToken'> = true
export const errors: Same<ErrorInPostgres, ErrorInMongo> = true
export const either = (storage: InMongo): InPostgres => storage
`

it('a bot that is written for one store compiles for the other: functions have the same names, inputs and rows', async () => {
  const files = await emittedFiles(scenarioFiles)
  expect(await compileEmitted([...files, { path: 'comparison.ts', text: comparison }], 'esm')).toEqual([])
})
