import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonical } from '../../generators/kernel/hash.js'
import type { Comparison, Expression } from '../../generators/model/expression.js'
import { expressionText } from '../../generators/model/expression-text.js'
import { nowhere, parsed } from '../unit/expression/model.js'

const origin = nowhere
const name = fc.oneof(
  fc.constantFrom('a', 'and', 'odd name', 'q"uote', 'Ä', 'length', 'now'),
  fc.string({ minLength: 1 }),
)

/** Every tree that the language can say: a minus before a number is a part of it. */
const { tree } = fc.letrec<{ tree: Expression }>((tie) => {
  const inner = tie('tree')
  const list = fc.array(inner, { minLength: 1, maxLength: 3 })
  return {
    tree: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.array(name, { minLength: 1, maxLength: 2 }).map((path): Expression => ({ kind: 'field', path, origin })),
      fc
        .oneof(
          fc.string().map((text) => ({ kind: 'string', text }) as const),
          fc.constantFrom('0', '-1', '1.50', '-0.5').map((text) => ({ kind: 'number', text }) as const),
          fc.boolean().map((truth) => ({ kind: 'boolean', truth }) as const),
          fc.constant({ kind: 'null' } as const),
        )
        .map((value): Expression => ({ kind: 'literal', value, origin })),
      fc.constant<Expression>({ kind: 'now', origin }),
      inner.map((operand): Expression => ({ kind: 'not', operand, origin })),
      inner
        .filter((operand) => operand.kind !== 'literal' || operand.value.kind !== 'number')
        .map((operand): Expression => ({ kind: 'negate', operand, origin })),
      fc
        .tuple(fc.constantFrom('and', 'or'), inner, inner)
        .map(([kind, left, right]): Expression => ({ kind, left, right, origin })),
      fc
        .tuple(fc.constantFrom<Comparison>('=', '<>', '<', '<=', '>', '>='), inner, inner)
        .map(([operator, left, right]): Expression => ({ kind: 'compare', operator, left, right, origin })),
      fc
        .tuple(fc.constantFrom('+', '-', '*'), inner, inner)
        .map(([operator, left, right]): Expression => ({ kind: 'arithmetic', operator, left, right, origin })),
      fc
        .tuple(inner, fc.boolean())
        .map(([operand, negated]): Expression => ({ kind: 'is-null', operand, negated, origin })),
      fc
        .tuple(inner, list, fc.boolean())
        .map(([operand, options, negated]): Expression => ({ kind: 'in', operand, options, negated, origin })),
      fc
        .tuple(inner, inner, inner, fc.boolean())
        .map(([operand, low, high, negated]): Expression => ({ kind: 'between', operand, low, high, negated, origin })),
      fc
        .tuple(fc.constantFrom('lower', 'upper', 'length'), inner)
        .map(([called, operand]): Expression => ({ kind: 'call', function: called, arguments: [operand], origin })),
      list.map(
        (operands): Expression => ({
          kind: 'call',
          function: 'coalesce',
          arguments: [...operands, ...operands],
          origin,
        }),
      ),
    ),
  }
})

it('an expression that is printed and read again is the same tree', () => {
  fc.assert(
    fc.property(tree, (expression) => {
      const text = expressionText(expression)
      fc.pre(text.length < 2000)
      expect(canonical(parsed(text))).toBe(canonical(expression))
    }),
    { numRuns: 2000 },
  )
})
