import * as functions from '@botschema/runtime/v1'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Expression } from '../../../generators/model/expression.js'
import { checkFunction, checkMessage, checkPath } from '../../../generators/script/expression.js'
import { laidOut } from '../../../generators/script/layout.js'
import {
  and,
  arithmetic,
  between,
  bigint,
  boolean,
  call,
  check,
  compare,
  decimal,
  entity,
  enumDefinition,
  enumeration,
  field,
  integer,
  isNull,
  long,
  not,
  object,
  objectDefinition,
  oneOf,
  or,
  read,
  schemaSet,
  snowflake,
  text,
  timestamp,
  value,
} from './model.js'

const config = objectDefinition('config', [field('limit', integer), field('label', text(), { nullable: true })])
const warning = entity('warning', [
  field('id', snowflake('warning')),
  field('other_id', snowflake('warning')),
  field('a', integer, { nullable: true }),
  field('b', integer, { nullable: true }),
  field('c', integer),
  field('wide', long),
  field('big', bigint),
  field('price', decimal),
  field('active', boolean),
  field('maybe', boolean, { nullable: true }),
  field('name', text(), { nullable: true }),
  field('severity', enumeration('severity')),
  field('created_at', timestamp, { immutable: true }),
  field('expires_at', timestamp, { nullable: true }),
  field('config', object('config'), { nullable: true }),
])
const set = schemaSet({ entities: [warning], objects: [config], enums: [enumDefinition('severity', ['low', 'high'])] })

const source = (expression: Expression): string => laidOut(checkFunction(set, warning, { expression }).body)

const passes = (expression: Expression, row: object): unknown => {
  const code = checkFunction(set, warning, { expression })
  const body = laidOut(code.body).replace(/ as (?:number|string)\)/g, ')')
  return new Function(...Object.keys(functions), 'row', `return ${body}`)(...Object.values(functions), row)
}

describe('a check as TypeScript', () => {
  it('reads as a person would write it', () => {
    const expiry = or(isNull(read('expires_at')), compare(read('expires_at'), '>', read('created_at')))
    expect(source(expiry)).toBe(
      'row.expires_at == null || row.created_at === undefined || row.expires_at > row.created_at',
    )
    expect(checkFunction(set, warning, { expression: expiry }).parameter).toBe(
      '{ expires_at?: Date | null | undefined; created_at?: Date | undefined }',
    )
    expect(source(compare(read('active'), '=', value(true)))).toBe('row.active === undefined || row.active')
    expect(source(between(read('a'), value(1), value(9)))).toBe('row.a == null || (row.a >= 1 && row.a <= 9)')
    expect(source(not(oneOf(read('severity'), [value('low'), value('high')])))).toBe(
      "row.severity === undefined || (row.severity !== 'low' && row.severity !== 'high')",
    )
    expect(source(compare(read('config', 'limit'), '<', value(5)))).toBe(
      'row.config?.limit == null || row.config?.limit < 5',
    )
    expect(source(isNull(read('config', 'label'), true))).toBe('row.config === undefined || row.config?.label != null')
    expect(source(isNull(read('name'), true))).toBe('row.name !== null')
  })

  it('compares values by what they stand for', () => {
    expect(source(compare(read('expires_at'), '=', read('created_at')))).toContain(
      'row.expires_at.getTime() === row.created_at.getTime()',
    )
    expect(passes(compare(read('price'), '=', value(1.5)), { price: '1.50' })).toBe(true)
    expect(passes(compare(read('price'), '<', value(10)), { price: '9.99' })).toBe(true)
    expect(passes(compare(arithmetic(read('price'), '*', value(3)), '=', value(0.3)), { price: '0.1' })).toBe(true)
    expect(passes(compare(read('id'), '>', read('other_id')), { id: '10', other_id: '9' })).toBe(true)
    expect(passes(compare(read('big'), '>', read('c')), { big: 9007199254740993n, c: 1 })).toBe(true)
    expect(passes(compare(read('big'), '=', value('9223372036854775807')), { big: 9223372036854775807n })).toBe(true)
    expect(
      passes(compare(arithmetic(read('wide'), '+', value(2)), '=', read('big')), {
        wide: 9007199254740991,
        big: 9007199254740993n,
      }),
    ).toBe(true)
    expect(passes(compare(call('length', read('name')), '=', value(1)), { name: '😀' })).toBe(true)
    expect(passes(compare(call('lower', read('name')), '=', value('é')), { name: 'É' })).toBe(false)
    expect(passes(compare(read('created_at'), '<', value('2020-01-01')), { created_at: new Date(0) })).toBe(true)
  })

  it('leaves what was not given unknown', () => {
    expect(passes(isNull(read('name')), {})).toBe(true)
    expect(passes(isNull(read('name'), true), {})).toBe(true)
    expect(passes(isNull(read('name'), true), { name: null })).toBe(false)
    expect(passes(compare(call('coalesce', read('a'), value(0)), '>', value(1)), {})).toBe(true)
    expect(passes(compare(call('coalesce', read('a'), value(0)), '>', value(1)), { a: null })).toBe(false)
    expect(passes(compare(call('coalesce', read('a'), read('b')), '>', value(1)), { a: null, b: 1 })).toBe(false)
    expect(passes(compare(call('coalesce', read('a'), read('b')), '>', value(1)), { a: null, b: null })).toBe(true)
    expect(
      passes(compare(call('coalesce', call('length', read('name')), value(0)), '=', value(0)), { name: null }),
    ).toBe(true)
    expect(passes(compare(call('coalesce', read('a'), value(null)), '>', value(1)), { a: null })).toBe(true)
  })

  it('has SQL\u2019s three truth values', () => {
    type Truth = boolean | null
    const atoms: readonly Expression[] = [
      compare(read('a'), '<', read('b')),
      compare(read('a'), '=', value(1)),
      compare(read('c'), '>=', read('a')),
      isNull(read('a')),
      isNull(read('b'), true),
      read('maybe'),
      compare(read('maybe'), '=', read('active')),
      compare(compare(read('a'), '<', read('b')), '=', read('active')),
      oneOf(read('b'), [value(0), read('a'), value(2)]),
      oneOf(read('b'), [value(0), value(null)], true),
      between(read('a'), read('b'), read('c')),
      between(read('c'), read('a'), value(2), true),
      compare(arithmetic(read('a'), '+', read('c')), '>', value(1)),
      compare(call('coalesce', read('a'), read('b'), value(1)), '=', value(1)),
      compare(call('coalesce', arithmetic(read('a'), '+', read('c')), read('b')), '=', value(1)),
      compare(call('coalesce', read('b'), arithmetic(read('a'), '+', value(1))), '>', value(1)),
    ]
    const tree: fc.Arbitrary<Expression> = fc.letrec<{ node: Expression }>((tie) => ({
      node: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom(...atoms),
        fc.tuple(tie('node'), tie('node')).map(([l, r]) => and(l, r)),
        fc.tuple(tie('node'), tie('node')).map(([l, r]) => or(l, r)),
        tie('node').map(not),
      ),
    })).node
    const evaluate = (expression: Expression, row: Record<string, unknown>): unknown => {
      const inner = (one: Expression): never => evaluate(one, row) as never
      const both = (l: unknown, r: unknown, of: (l: never, r: never) => unknown) =>
        l === null || r === null ? null : of(l as never, r as never)
      const negate = (truth: Truth): Truth => (truth === null ? null : !truth)
      const anyOf = (truths: readonly Truth[]): Truth =>
        truths.includes(true) ? true : truths.includes(null) ? null : false
      const allOf = (truths: readonly Truth[]): Truth => negate(anyOf(truths.map(negate)))
      const operators = {
        '=': (l: never, r: never) => l === r,
        '<>': (l: never, r: never) => l !== r,
        '<': (l: never, r: never) => l < r,
        '<=': (l: never, r: never) => l <= r,
        '>': (l: never, r: never) => l > r,
        '>=': (l: never, r: never) => l >= r,
      }
      switch (expression.kind) {
        case 'field':
          return row[String(expression.path[0])] ?? null
        case 'literal':
          return expression.value.kind === 'number'
            ? Number(expression.value.text)
            : expression.value.kind === 'boolean'
              ? expression.value.truth
              : null
        case 'not':
          return negate(inner(expression.operand))
        case 'and':
          return allOf([inner(expression.left), inner(expression.right)])
        case 'or':
          return anyOf([inner(expression.left), inner(expression.right)])
        case 'compare':
          return both(inner(expression.left), inner(expression.right), operators[expression.operator])
        case 'is-null':
          return (inner(expression.operand) === null) !== expression.negated
        case 'in': {
          const truth = anyOf(
            expression.options.map(
              (option) => both(inner(expression.operand), inner(option), (l, r) => l === r) as Truth,
            ),
          )
          return expression.negated ? negate(truth) : truth
        }
        case 'between': {
          const truth = allOf([
            both(inner(expression.low), inner(expression.operand), (l, r) => l <= r) as Truth,
            both(inner(expression.operand), inner(expression.high), (l, r) => l <= r) as Truth,
          ])
          return expression.negated ? negate(truth) : truth
        }
        case 'arithmetic':
          return both(inner(expression.left), inner(expression.right), (l, r) => Number(l) + Number(r))
        case 'call':
          return expression.arguments.map(inner).find((given) => given !== null) ?? null
        default:
          throw new Error(expression.kind)
      }
    }
    const small = fc.integer({ min: 0, max: 3 })
    const row = fc.record({
      a: fc.option(small),
      b: fc.option(small),
      c: small,
      active: fc.boolean(),
      maybe: fc.option(fc.boolean()),
    })
    fc.assert(
      fc.property(tree, row, (expression, given) => {
        expect(passes(expression, given)).toBe(evaluate(expression, given) !== false)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('what a failed check says', () => {
  const expiry = check(
    'expiry_after_creation',
    or(isNull(read('expires_at')), compare(read('expires_at'), '>', read('created_at'))),
  )
  it('names the rule in words', () => {
    expect(checkMessage(warning, expiry)).toBe('expiry_after_creation: expires_at must be later than created_at')
    expect(checkMessage(warning, check('x', not(between(read('a'), value(1), value(5)))))).toBe(
      'x: a must not be from 1 to 5',
    )
    expect(
      checkMessage(warning, check('x', or(compare(read('severity'), '<>', value('high')), isNull(read('name'), true)))),
    ).toBe("x: severity must not be 'high', or name must not be null")
  })
  it('stands at the field a person would correct', () => {
    expect(checkPath(set, warning, expiry)).toEqual(['expires_at'])
    expect(checkPath(set, warning, check('x', compare(read('created_at'), '<', read('expires_at'))))).toEqual([
      'expires_at',
    ])
    expect(checkPath(set, warning, check('x', compare(read('config', 'limit'), '<', value(2))))).toEqual([
      'config',
      'limit',
    ])
  })
})
