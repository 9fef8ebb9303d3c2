import { describe, expect, expectTypeOf, it } from 'vitest'
import { regexLiteral } from '../../../generators/kernel/safe/typescript.js'
import { largestReal } from '../../../generators/model/bounds.js'
import { formatPatterns } from '../../../generators/model/formats.js'
import type { CodecName, ScalarName } from '../../../generators/zod/shared-names.js'
import * as schemas from '../../../runtime/src/zod/index.js'

describe('the schemas of the runtime', () => {
  it('have what printed code takes, and nothing else: the compiler says so', () => {
    expectTypeOf<keyof typeof schemas>().toEqualTypeOf<ScalarName | CodecName>()
  })

  it.each([
    ['url', schemas.url],
    ['email', schemas.email],
    ['color', schemas.color],
  ] as const)('have the one pattern of %s', (format, schema) => {
    const patterns = schema._zod.def.checks?.map(({ _zod }) => ('pattern' in _zod.def ? _zod.def.pattern : null))
    expect(String(patterns)).toBe(`,${regexLiteral(formatPatterns[format])}`)
  })

  it('do not match a text with a pattern that is too long for it', () => {
    const asked: string[] = []
    const matching = Object.assign(/^a*$/u, { test: (text: string) => asked.push(text) > 0 })
    const exact = schemas.textOf({ matching }, schemas.textOfLength(3))
    for (const schema of [schemas.textOf({ atMost: 3, matching }), exact]) {
      expect(schema.safeParse('aaaa').error?.issues).toHaveLength(1)
      expect(schema.safeParse('aaa').success).toBe(true)
    }
    expect(asked).toEqual(['aaa', 'aaa'])
  })

  it('have the bounds of single precision', () => {
    const vector = schemas.vectorOf(2)
    expect(vector.safeParse([largestReal, -largestReal]).success).toBe(true)
    expect(vector.safeParse([largestReal * 1.000001, 0]).success).toBe(false)
  })
})
