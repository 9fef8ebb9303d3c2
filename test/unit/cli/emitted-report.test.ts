import type { DueRows, RetentionOptions, RetentionReport } from '@botschema/runtime/v1'
import { expectTypeOf, test } from 'vitest'
import type { DueAct, RunOptions, RunReport } from '../../../generators/pipeline/retain/report.js'

test('the command reads what emitted code reports, and gives the options that it takes', () => {
  expectTypeOf<RetentionReport>().toExtend<RunReport>()
  expectTypeOf<DueRows>().toExtend<DueAct>()
  expectTypeOf<Omit<RunOptions, 'hooks'>>().toExtend<RetentionOptions>()
})
