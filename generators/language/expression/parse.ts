import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { ok, type Result, withDiagnostics } from '../../kernel/result.js'
import type { Comparison, Expression, Literal } from '../../model/expression.js'
import { type Token, type ToSpan, tokenize } from './token.js'
import { functionArguments, functionNames, isComparison, isForeign, isFunctionName, keywordOf, shown } from './words.js'

/** How deep brackets and `not` may nest, and how many words a predicate may have: every later pass walks the tree by recursion. */
const maximumDepth = 64
const maximumWords = 2000

/** Left by a failing reader; the finding itself is kept by the parser. */
type Failed = null

/**
 * Reads by precedence climbing, loosest first: or, and, not, comparison (with is, in, between), + and -, *, unary minus.
 * As in Postgres, comparisons do not chain (`a < b < c` needs brackets).
 */
class Parser {
  readonly #tokens: readonly Token[]
  readonly #toSpan: ToSpan
  #at = 0
  #depth = 0
  #finding: Diagnostic | null = null

  constructor(tokens: readonly Token[], toSpan: ToSpan) {
    this.#tokens = tokens
    this.#toSpan = toSpan
  }

  parse(): Result<Expression | null> {
    const expression = this.#tokens.length > maximumWords ? this.#tooLarge('words', maximumWords) : this.#or()
    if (expression !== null && this.#next.kind !== 'end') this.#fail('an operator or the end')
    return this.#finding === null ? ok(expression) : withDiagnostics(null, [this.#finding])
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', start: 0, end: 0 }
  }

  #take(): Token {
    const token = this.#next
    this.#at += 1
    return token
  }

  #report(finding: Diagnostic): Failed {
    this.#finding ??= finding
    return null
  }

  #fail(expected: string, token: Token = this.#next): Failed {
    const at = this.#toSpan(token.start, token.end)
    if (isForeign(token)) {
      return this.#report(report('predicate-operator', at, { found: token.text, instead: null }))
    }
    return this.#report(report('predicate-syntax', at, { found: shown(token), expected }))
  }

  #tooLarge(what: 'words' | 'levels', limit: number): Failed {
    const at = this.#toSpan(this.#next.start, this.#next.end)
    return this.#report(report('predicate-size', at, { what, limit }))
  }

  #takeKeyword(word: string): boolean {
    if (keywordOf(this.#next) !== word) return false
    this.#at += 1
    return true
  }

  #takeSymbol(symbol: string): boolean {
    if (this.#next.kind !== 'symbol' || this.#next.text !== symbol) return false
    this.#at += 1
    return true
  }

  #since(start: number) {
    return this.#toSpan(start, this.#tokens[this.#at - 1]?.end ?? start)
  }

  #deeper(read: () => Expression | Failed): Expression | Failed {
    if (this.#depth >= maximumDepth) return this.#tooLarge('levels', maximumDepth)
    this.#depth += 1
    const expression = read()
    this.#depth -= 1
    return expression
  }

  #chain(word: 'and' | 'or', operand: () => Expression | Failed): Expression | Failed {
    const start = this.#next.start
    let left = operand()
    while (left !== null && this.#takeKeyword(word)) {
      const right = operand()
      left = right && { kind: word, left, right, origin: this.#since(start) }
    }
    return left
  }

  #or(): Expression | Failed {
    return this.#chain('or', () => this.#and())
  }

  #and(): Expression | Failed {
    return this.#chain('and', () => this.#not())
  }

  #not(): Expression | Failed {
    const start = this.#next.start
    if (!this.#takeKeyword('not')) return this.#comparison()
    const operand = this.#deeper(() => this.#not())
    return operand && { kind: 'not', operand, origin: this.#since(start) }
  }

  #comparison(): Expression | Failed {
    const start = this.#next.start
    const left = this.#sum()
    if (left === null) return null
    const { kind, text } = this.#next
    if (kind === 'symbol' && isComparison(text)) return this.#compare(left, text, start)
    if (this.#takeKeyword('is')) return this.#isNull(left, start)
    const negated = this.#takeKeyword('not')
    if (this.#takeKeyword('in')) return this.#in(left, negated, start)
    if (this.#takeKeyword('between')) return this.#between(left, negated, start)
    return negated ? this.#fail('`in` or `between`') : left
  }

  #compare(left: Expression, operator: Comparison, start: number): Expression | Failed {
    this.#take()
    const right = this.#sum()
    return right && { kind: 'compare', operator, left, right, origin: this.#since(start) }
  }

  #isNull(operand: Expression, start: number): Expression | Failed {
    const negated = this.#takeKeyword('not')
    if (!this.#takeKeyword('null')) return this.#fail(negated ? '`null`' : '`null` or `not null`')
    return { kind: 'is-null', operand, negated, origin: this.#since(start) }
  }

  #in(operand: Expression, negated: boolean, start: number): Expression | Failed {
    if (!this.#takeSymbol('(')) return this.#fail('`(`')
    const options = this.#list()
    return options && { kind: 'in', operand, options, negated, origin: this.#since(start) }
  }

  #between(operand: Expression, negated: boolean, start: number): Expression | Failed {
    const low = this.#sum()
    if (low === null) return null
    if (!this.#takeKeyword('and')) return this.#fail('`and`')
    const high = this.#sum()
    return high && { kind: 'between', operand, low, high, negated, origin: this.#since(start) }
  }

  /** Expressions between commas up to the closing bracket, at least one; the opening bracket is taken already. */
  #list(): readonly Expression[] | Failed {
    const opening = this.#tokens[this.#at - 1]?.start ?? 0
    const items: Expression[] = []
    do {
      const item = this.#deeper(() => this.#or())
      if (item === null) return null
      items.push(item)
    } while (this.#takeSymbol(','))
    return this.#close(opening) ? items : null
  }

  #close(opening: number): boolean {
    if (this.#takeSymbol(')')) return true
    if (this.#next.kind === 'end') {
      const at = this.#toSpan(opening, opening + 1)
      this.#report(report('predicate-unclosed', at, { what: 'bracket', closing: ')' }))
    } else this.#fail('an operator or `)`')
    return false
  }

  #sum(): Expression | Failed {
    const start = this.#next.start
    let left = this.#product()
    while (left !== null) {
      const operator = this.#takeSymbol('+') ? '+' : this.#takeSymbol('-') ? '-' : null
      if (operator === null) return left
      const right = this.#product()
      left = right && { kind: 'arithmetic', operator, left, right, origin: this.#since(start) }
    }
    return left
  }

  #product(): Expression | Failed {
    const start = this.#next.start
    let left = this.#unary()
    while (left !== null && this.#takeSymbol('*')) {
      const right = this.#unary()
      left = right && { kind: 'arithmetic', operator: '*', left, right, origin: this.#since(start) }
    }
    return left
  }

  /** A minus before a number is part of the number, so that a negated expression is never a bare literal. */
  #unary(): Expression | Failed {
    const start = this.#next.start
    if (!this.#takeSymbol('-')) return this.#primary()
    const operand = this.#deeper(() => this.#unary())
    if (operand === null) return null
    const origin = this.#since(start)
    if (operand.kind !== 'literal' || operand.value.kind !== 'number') return { kind: 'negate', operand, origin }
    const text = operand.value.text.startsWith('-') ? operand.value.text.slice(1) : `-${operand.value.text}`
    return { kind: 'literal', value: { kind: 'number', text }, origin }
  }

  #primary(): Expression | Failed {
    const token = this.#next
    switch (token.kind) {
      case 'number':
      case 'string':
        return this.#literal({ kind: token.kind, text: token.text })
      case 'quoted':
        return this.#field()
      case 'name':
        return this.#named(token)
      case 'symbol':
        return token.text === '(' ? this.#bracketed() : this.#fail('a field or a value')
      case 'end':
        return this.#fail('a field or a value')
    }
  }

  #literal(value: Literal): Expression {
    const token = this.#take()
    return { kind: 'literal', value, origin: this.#toSpan(token.start, token.end) }
  }

  #bracketed(): Expression | Failed {
    const opening = this.#take().start
    const inner = this.#deeper(() => this.#or())
    return inner !== null && this.#close(opening) ? inner : null
  }

  #named(token: Token): Expression | Failed {
    const keyword = keywordOf(token)
    if (keyword === 'null') return this.#literal({ kind: 'null' })
    if (keyword === 'true' || keyword === 'false') return this.#literal({ kind: 'boolean', truth: keyword === 'true' })
    if (keyword !== null) return this.#fail('a field or a value')
    const after = this.#tokens[this.#at + 1]
    return after?.kind === 'symbol' && after.text === '(' ? this.#call(token) : this.#field()
  }

  #call(token: Token): Expression | Failed {
    const name = token.text.toLowerCase()
    this.#at += 2
    if (name === 'now') {
      return this.#takeSymbol(')') ? { kind: 'now', origin: this.#since(token.start) } : this.#fail('`)`')
    }
    const at = this.#toSpan(token.start, token.end)
    if (!isFunctionName(name)) {
      return this.#report(
        report('unknown-function', at, { name: token.text, nearest: nearest(name, [...functionNames, 'now']) }),
      )
    }
    const given = this.#takeSymbol(')') ? [] : this.#list()
    if (given === null) return null
    const { least, most } = functionArguments[name]
    if (given.length < least || given.length > most) {
      return this.#report(report('function-arguments', at, { name, least, most, given: given.length }))
    }
    return { kind: 'call', function: name, arguments: given, origin: this.#since(token.start) }
  }

  #field(): Expression | Failed {
    const first = this.#take()
    const path = [first.text]
    while (this.#takeSymbol('.')) {
      const part = this.#next
      if (part.kind !== 'name' && part.kind !== 'quoted') return this.#fail('the name of a field')
      path.push(this.#take().text)
    }
    return { kind: 'field', path, origin: this.#since(first.start) }
  }
}

/**
 * A predicate, or another expression of its language, as a tree.
 *
 * @param text as it is meant, after YAML
 * @param toSpan where a stretch of `text` stands in its source
 * @returns null with one diagnostic when it does not parse
 */
export const parseExpression = (text: string, toSpan: ToSpan): Result<Expression | null> => {
  const tokens = tokenize(text, toSpan)
  return tokens.value === null ? withDiagnostics(null, tokens.diagnostics) : new Parser(tokens.value, toSpan).parse()
}
