import { describe, expect, expectTypeOf, it } from 'vitest'
import { regexLiteral } from '../../../generators/kernel/safe/typescript.js'
import { largestReal } from '../../../generators/model/bounds.js'
import { formatPatterns } from '../../../generators/model/formats.js'
import type { CodecName, ScalarName } from '../../../generators/zod/shared-names.js'
import type * as codecs from '../../../templates/zod/codecs.js'
import * as scalars from '../../../templates/zod/scalars.js'

describe('the templates of validators', () => {
  it('have what printed code takes, and nothing else: the compiler says so', () => {
    expectTypeOf<keyof typeof scalars>().toEqualTypeOf<ScalarName>()
    expectTypeOf<keyof typeof codecs>().toEqualTypeOf<CodecName>()
  })

  it.each([
    ['url', scalars.url],
    ['email', scalars.email],
    ['color', scalars.color],
  ] as const)('have the one pattern of %s', (format, schema) => {
    const patterns = schema._zod.def.checks?.map(({ _zod }) => ('pattern' in _zod.def ? _zod.def.pattern : null))
    expect(String(patterns)).toBe(`,${regexLiteral(formatPatterns[format])}`)
  })

  it('have the bounds of single precision', () => {
    const vector = scalars.vectorOf(2)
    expect(vector.safeParse([largestReal, -largestReal]).success).toBe(true)
    expect(vector.safeParse([largestReal * 1.000001, 0]).success).toBe(false)
  })
})
