import { describe, expect, it } from 'vitest'
import { type Code, code, literal, trusted } from '../../../generators/script/code.js'
import {
  argumentsCode,
  assigned,
  chained,
  laidOut,
  listCode,
  objectCode,
  returned,
} from '../../../generators/script/layout.js'

const printed = ({ text }: Code): string => laidOut(text)

const names = (length: number, count: number): readonly Code[] =>
  Array.from({ length: count }, (_, index) => trusted(String.fromCharCode(97 + index).repeat(length)))

const members = (length: number): readonly Code[] => [trusted(`a: ${'1'.repeat(length)}`), trusted('b: 2')]

describe('code that is laid out', () => {
  it('stays on its line as long as that is no wider than 120, and what follows it counts', () => {
    expect(printed(code`f${argumentsCode(names(57, 2))}`)).toMatch(/^f\(a+, b+\)$/)
    expect(printed(code`f${argumentsCode(names(58, 2))}`)).toMatch(/^f\(\n {2}a+,\n {2}b+,\n\)$/)
    expect(printed(code`f${argumentsCode(names(57, 2))}.b`)).toMatch(/^f\(\n/)
    expect(printed(code`f${argumentsCode(names(57, 2))}\nnext`)).toMatch(/^f\(a+, b+\)\nnext$/)
  })

  it('breaks from outside to inside, each group by itself', () => {
    const inner = code`g${argumentsCode(names(40, 2))}`
    expect(printed(code`f${argumentsCode([inner, ...names(40, 1)])}`)).toMatch(/^f\(\n {2}g\(a+, b+\),\n {2}a+,\n\)$/)
  })

  it('counts columns: wide characters take two', () => {
    expect(printed(code`f${argumentsCode([literal('水'.repeat(57))])}`)).not.toContain('\n')
    expect(printed(code`f${argumentsCode([literal('水'.repeat(58)), literal('水')])}`)).toContain('\n')
  })

  it('hugs a last argument where its beginning fits, and breaks all where it does not', () => {
    const hug = (first: Code) => printed(code`f${argumentsCode([first, objectCode(members(90))], { hugging: true })}`)
    expect(hug(trusted('a'.repeat(30)))).toMatch(/^f\(a+, \{\n {2}a: 1+,\n {2}b: 2,\n\}\)$/)
    expect(hug(trusted('a'.repeat(118)))).toMatch(/^f\(\n {2}a+,\n {2}\{ a: 1+, b: 2 \},\n\)$/)
  })

  it('gives each row of a table a line', () => {
    const row = listCode([literal('a'), literal(1)])
    expect(printed(listCode([row, row]))).toBe("[\n  ['a', 1],\n  ['a', 1],\n]")
    expect(printed(listCode([listCode([literal('a')]), listCode([literal('b')])]))).toBe("[['a'], ['b']]")
  })

  it('begins a value below its name, and a body below its arrow, only where it has to', () => {
    const name = trusted(`const ${'x'.repeat(100)}`)
    expect(printed(code`${name}${assigned(code`call${argumentsCode(names(20, 2))}`)}`)).toMatch(/ = call\(\n {2}a+,\n/)
    expect(printed(code`${name}${assigned(trusted('y'.repeat(30)))}`)).toMatch(/ =\n {2}y+$/)
    expect(printed(code`(row) =>${returned(trusted('y'.repeat(113)))},`)).toMatch(/^\(row\) =>\n {2}y+,$/)
    expect(printed(code`(row) =>${returned(trusted('y'.repeat(110)))},`)).toMatch(/^\(row\) => y+,$/)
  })

  it('stands as far in as the line it begins on', () => {
    const text = code`a\n    b: ${objectCode(members(110))}\n`
    expect(printed(text)).toMatch(/^a\n {4}b: \{\n {6}a: 1+,\n {6}b: 2,\n {4}\}\n$/)
    expect(printed(chained(trusted('z'), [trusted('.a()'), trusted('.b()')]))).toBe('z\n  .a()\n  .b()')
  })
})
