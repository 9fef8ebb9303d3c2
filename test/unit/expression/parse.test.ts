import { describe, expect, test } from 'vitest'
import type { Expression } from '../../../generators/model/expression.js'
import { parse, parsed } from './model.js'

/** The tree with all its brackets. */
const shown = (node: Expression): string => {
  switch (node.kind) {
    case 'field':
      return node.path.join('.')
    case 'literal':
      return node.value.kind === 'boolean'
        ? String(node.value.truth)
        : node.value.kind === 'null'
          ? 'null'
          : node.value.text
    case 'now':
      return 'now()'
    case 'not':
    case 'negate':
      return `(${node.kind} ${shown(node.operand)})`
    case 'and':
    case 'or':
      return `(${shown(node.left)} ${node.kind} ${shown(node.right)})`
    case 'compare':
    case 'arithmetic':
      return `(${shown(node.left)} ${node.operator} ${shown(node.right)})`
    case 'is-null':
      return `(${shown(node.operand)} is ${node.negated ? 'not ' : ''}null)`
    case 'in':
      return `(${shown(node.operand)} ${node.negated ? 'not ' : ''}in ${node.options.map(shown).join('|')})`
    case 'between':
      return `(${shown(node.operand)} ${node.negated ? 'not ' : ''}between ${shown(node.low)} ${shown(node.high)})`
    case 'call':
      return `${node.function}(${node.arguments.map(shown).join(', ')})`
  }
}

test.each([
  ['a or b and not c = 1', '(a or (b and (not (c = 1))))'],
  ['not a and b', '((not a) and b)'],
  ['a + b * 2 - -3 > -c', '(((a + (b * 2)) - -3) > (negate c))'],
  ['- -5 = 5', '(5 = 5)'],
  ['a between 1 and 2 and b', '((a between 1 2) and b)'],
  ['a NOT BETWEEN 1 AND 2', '(a not between 1 2)'],
  ["status Not In ('a', 'b')", '(status not in a|b)'],
  ['a is not null or b IS NULL', '((a is not null) or (b is null))'],
  ["lower(name) = 'it''s'", "(lower(name) = it's)"],
  ['config.enabled = true', '(config.enabled = true)'],
  ['"odd ""name".`x``y` = 1', '(odd "name.x`y = 1)'],
  ['length > 1', '(length > 1)'],
  ['(a = 1) = (b = 2)', '((a = 1) = (b = 2))'],
  ['expires_at>now()', '(expires_at > now())'],
  ["coalesce(a, 'x', b) <> 'y'", '(coalesce(a, x, b) <> y)'],
  ['größe >= 1.50', '(größe >= 1.50)'],
])('%s', (source, tree) => {
  expect(shown(parsed(source))).toBe(tree)
})

test('an expression spans what was written for it', () => {
  const { origin } = parsed('  a = 1 and b ')
  expect([origin.start, origin.end]).toEqual([2, 13])
})

describe('what does not parse is found at its place', () => {
  test.each([
    ['', 'predicate-syntax', 0, 0],
    ['a =', 'predicate-syntax', 3, 3],
    ['a = = b', 'predicate-syntax', 4, 5],
    ['a < b < c', 'predicate-syntax', 6, 7],
    ['a b', 'predicate-syntax', 2, 3],
    ['12abc = 1', 'predicate-syntax', 0, 5],
    ['a = 1 ; drop', 'predicate-syntax', 6, 7],
    ['a is true', 'predicate-syntax', 5, 9],
    ['a not = 1', 'predicate-syntax', 6, 7],
    ['a.1', 'predicate-syntax', 2, 3],
    ['and a', 'predicate-syntax', 0, 3],
    ['now(1)', 'predicate-syntax', 4, 5],
    ["a = 'x", 'predicate-unclosed', 4, 6],
    ['(a = 1', 'predicate-unclosed', 0, 1],
    ['a in (1, 2', 'predicate-unclosed', 5, 6],
    ['"a = 1', 'predicate-unclosed', 0, 6],
    ['a == 1', 'predicate-operator', 2, 4],
    ['a != 1', 'predicate-operator', 2, 4],
    ['a && b', 'predicate-operator', 2, 4],
    ['a / 2 = 1', 'predicate-operator', 2, 3],
    ["a like 'x'", 'predicate-operator', 2, 6],
    ['lenght(a) > 1', 'unknown-function', 0, 6],
    ['length(a, b) > 1', 'function-arguments', 0, 6],
    ['coalesce(a) > 1', 'function-arguments', 0, 8],
  ])('%s', (source, code, start, end) => {
    const { value, diagnostics } = parse(source)
    expect(value).toBeNull()
    expect(diagnostics.map((found) => [found.code, found.at?.start, found.at?.end])).toEqual([[code, start, end]])
  })

  test.each([`${'('.repeat(100)}a${')'.repeat(100)}`, `${'not '.repeat(100)}a`, `${'a and '.repeat(2000)}a`])(
    'a predicate of any size is read without a crash',
    (source) => {
      expect(parse(source).diagnostics.map(({ code }) => code)).toEqual(['predicate-size'])
    },
  )

  test('a misspelt function is told the right one', () => {
    expect(parse('lenght(a) > 1').diagnostics[0]?.help).toBe('did you mean `length`?')
  })
})
