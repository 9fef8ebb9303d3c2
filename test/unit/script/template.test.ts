import { readdirSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { readTemplate } from '../../../generators/script/read-template.js'
import { joinedTemplates, templateOf, usedOf } from '../../../generators/script/template.js'

const identifiersOf = (text: string): readonly string[] => {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('template.ts', text, ts.ScriptTarget.Latest))
  return found
}

const namesOf = ({ declarations }: ReturnType<typeof templateOf>) => declarations.map(({ name }) => name)

const modules = readdirSync('templates', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'))

const spoken = `import { one, two } from '../other/numbers.js'

const day = one

/** A day is part of it. */
export const time = () => 'a time of day, \\'at\\' one' + \`'\${hour}'\`

const hour = two`

describe('a template', () => {
  it.each(modules)('%s is trimmed by the names that TypeScript sees in it', async (path) => {
    for (const { text, words } of (await readTemplate(path.slice(0, -'.ts'.length))).declarations) {
      expect(identifiersOf(text).filter((name) => !words.has(name))).toEqual([])
    }
  })

  it('gives what is asked for, what that calls, and nothing that is only spoken of', () => {
    const template = templateOf(spoken, 'folder')
    const used = usedOf(template, new Set(['time']))
    expect(namesOf(used)).toEqual(['time', 'hour'])
    expect(used.imports).toEqual([{ module: 'other/numbers', name: 'two', typeOnly: false }])
  })

  it('has what it imports of the templates that it is joined with', () => {
    const numbers = templateOf('export const one = 1', 'folder')
    const sums = templateOf(
      "import { one } from './numbers.js'\nimport { z } from 'zod'\n\nexport const two = z.int(one)",
      'folder',
    )
    const used = usedOf(joinedTemplates([numbers, sums]), new Set(['two']))
    expect(namesOf(used)).toEqual(['one', 'two'])
    expect(used.imports.map(({ name }) => name)).toEqual(['z'])
  })
})
