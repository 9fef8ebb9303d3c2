import { describe, expect, test } from 'vitest'
import { known } from '../../../generators/kernel/bug.js'
import type { Entity, SchemaSet } from '../../../generators/model/index.js'
import { compileTexts, printed } from '../../support/compile.js'

const base = {
  'botschema.yaml': 'name: sample\nuse: [./shared]\n',
  'shared/module.yaml': 'module: shared\ngroups: { first: From below }\nactors: { reader: Reads }\n',
  'shared/thing.yaml': `entity: thing
group: first
fields:
  id: identity
  name: { type: 'string(20) = "none"', min_length: 1 }
  place: { fields: { row: integer, shelf?: text }, default: { row: 1 } }
indexes:
  - [name]
  - { fields: [id, name], name: idx_both }
checks: { named: name <> 'x' }
access: { reader: [read] }
examples: [{ name: A thing }]
`,
}

const compiled = (extension: string, more: Readonly<Record<string, string>> = {}) =>
  compileTexts({ ...base, 'extension.yaml': extension, ...more })

const setOf = (extension: string): SchemaSet => {
  const { value, diagnostics } = compiled(extension)
  expect(printed(diagnostics)).toEqual([])
  return known(value, 'the set').set
}

const thing = (extension: string): Entity => known(setOf(extension).entities[0], 'the entity')

const fieldOf = (entity: Entity, name: string) =>
  known(
    entity.fields.find((field) => field.name === name),
    name,
  )

const codes = (extension: string, more: Readonly<Record<string, string>> = {}): readonly string[] =>
  compiled(extension, more).diagnostics.map(({ code, at }) => `${code} ${at?.source.path}`)

describe('a field of an extension', () => {
  test('comes last when it is new', () => {
    const { fields } = thing('extend: thing\nfields: { note: text? }\n')
    expect(fields.map(({ name }) => name)).toEqual(['id', 'name', 'place', 'note'])
  })

  test('keeps its place, its default and its limits when only its type is said anew', () => {
    const { fields } = thing('extend: thing\nfields: { name: string(30)? }\n')
    expect(fields.map(({ name }) => name)).toEqual(['id', 'name', 'place'])
    expect(fields[1]).toMatchObject({
      type: { kind: 'text', maxLength: 30, minLength: 1 },
      nullable: true,
      default: { kind: 'literal', value: 'none' },
    })
  })

  test.each([
    ['fields: { name: { default: some } }', 'some', 20],
    ['fields: { name: string(9) = few }', 'few', 9],
    ['fields: { name: { max_length: 12 } }', 'none', 12],
  ])('%s', (line, value, maxLength) => {
    expect(fieldOf(thing(`extend: thing\n${line}\n`), 'name')).toMatchObject({
      type: { maxLength },
      default: { value },
    })
  })

  test('of another type takes the place of a reference or of inline fields', () => {
    expect(fieldOf(thing('extend: thing\nfields: { place: { type: json, default: {} } }\n'), 'place').type.kind).toBe(
      'json',
    )
  })

  test('adds to inline fields, and leaves the optional ones optional', () => {
    const { objects } = setOf('extend: thing\nfields: { place: { fields: { shelf: string(5), side: text? } } }\n')
    expect(objects[0]?.fields.map(({ name, optional }) => [name, optional])).toEqual([
      ['row', false],
      ['shelf', true],
      ['side', false],
    ])
  })
})

describe('without', () => {
  test('leaves out rules by their fields or their name', () => {
    expect(thing('extend: thing\nwithout: { indexes: [name, idx_both] }\n').indexes).toEqual([])
    expect(thing('extend: thing\nwithout: { indexes: [[name]] }\n').indexes.map(({ name }) => name)).toEqual([
      'idx_both',
    ])
  })

  test('comes before what is added, so that a field can be said from scratch', () => {
    const { fields } = thing(
      'extend: thing\nwithout: { fields: [name], indexes: [name, idx_both], checks: [named], examples: true }\nfields: { name: integer }\n',
    )
    expect(fields.map(({ name, type }) => [name, type.kind])).toEqual([
      ['id', 'identity'],
      ['place', 'object'],
      ['name', 'integer'],
    ])
  })
})

describe('what was extended', () => {
  test('has the names and rules of both', () => {
    const entity = thing(
      'extend: thing\ntable: stuff\nindexes: [[place.row]]\nchecks: { named: length(name) > 1, other: name <> "y" }\nexamples: [{ name: Another }]\n'.replaceAll(
        '"y"',
        "'y'",
      ),
    )
    expect(entity.table).toBe('stuff')
    expect(entity.indexes).toHaveLength(3)
    expect(entity.checks.map(({ name }) => name)).toEqual(['named', 'other'])
    expect(entity.examples).toHaveLength(2)
  })

  test('is checked as if it had been written so, with both places', () => {
    const { diagnostics } = compiled('extend: thing\nwithout: { fields: [name] }\n')
    const lost = diagnostics.find(({ code }) => code === 'unknown-field')
    expect(lost?.at?.source.path).toBe('shared/thing.yaml')
    expect(lost?.related.map(({ message, at }) => [message, at.source.path])).toEqual([
      ['extended here', 'extension.yaml'],
    ])
    expect(codes('extend: thing\nfields: { name: { max_length: 3 } }\n')).toEqual([
      'default-refused shared/thing.yaml',
      'row-refused shared/thing.yaml',
    ])
  })

  test('has to be what the extension takes it for', () => {
    expect(codes('extend: thing\nfields: { nam: { max_length: 3 } }\n')).toEqual(['missing-key extension.yaml'])
    expect(codes('extend: thing\nvalues: [a]\n')).toEqual(['unknown-key extension.yaml'])
  })
})

describe('groups and actors', () => {
  test('come after the own ones, and the own word counts', () => {
    const { value } = compiled('extend: thing\nsummary: A thing.\n', {
      'botschema.yaml':
        'name: sample\nuse: [./shared]\ngroups: { own: Own, first: Said anew }\nactors: { reader: Own }\n',
    })
    expect(value?.set.groups.map(({ title }) => title)).toEqual(['Own', 'Said anew'])
    expect(value?.set.actors.map(({ summary }) => summary)).toEqual(['Own'])
  })

  test('of modules need not be used', () => {
    const unused = { 'shared/module.yaml': `${base['shared/module.yaml'].replace('Reads }', 'Reads, idle: Rests }')}` }
    expect(codes('extend: thing\nsummary: A thing.\n', unused)).toEqual([])
  })
})

describe('modules of modules', () => {
  const above = {
    'botschema.yaml': 'name: sample\nuse: [./above]\n',
    'above/module.yaml': 'module: above\nuse: [../shared]\n',
    'above/thing.yaml': 'extend: thing\nfields: { name: { max_length: 15 }, weight: real? }\n',
  }

  test('are taken in, and extended in their order', () => {
    const { value, diagnostics } = compiled('extend: thing\nfields: { name: { max_length: 10 } }\n', above)
    expect(printed(diagnostics)).toEqual([])
    expect(value?.set.uses.map(({ module }) => module)).toEqual(['shared', 'above'])
    const entity = known(value?.set.entities[0], 'the entity')
    expect(entity.fields.map(({ name }) => name)).toEqual(['id', 'name', 'place', 'weight'])
    expect(fieldOf(entity, 'name').type).toMatchObject({ maxLength: 10 })
  })

  test('that reach one module by two ways take it in once', () => {
    const both = { ...above, 'botschema.yaml': 'name: sample\nuse: [./above, ./shared]\n' }
    expect(codes('extend: thing\nsummary: A thing.\n', both)).toEqual([])
  })

  test('cannot extend what they do not take in', () => {
    const apart = {
      ...above,
      'botschema.yaml': 'name: sample\nuse: [./shared, ./above]\n',
      'above/module.yaml': 'module: above\n',
    }
    expect(codes('extend: thing\nsummary: A thing.\n', apart)).toEqual(['unknown-extended above/thing.yaml'])
  })

  test('that define one name are shown both', () => {
    const twice = { 'own.yaml': 'entity: thing\nfields: { id: identity }\n' }
    const { diagnostics } = compileTexts({ ...base, ...twice })
    expect(diagnostics.map(({ code, at, related }) => [code, at?.source.path, related[0]?.at.source.path])).toEqual([
      ['defined-twice', 'own.yaml', 'shared/thing.yaml'],
    ])
  })
})

describe('two modules that disagree', () => {
  const module = (name: string, least: number) => ({
    [`${name}/module.yaml`]: `module: ${name}\nuse: [../shared]\n`,
    [`${name}/thing.yaml`]: `extend: thing\nfields:\n  name: { min_length: ${least} }\n`,
  })
  const both = { ...base, ...module('one', 2), ...module('two', 3) }
  const found = (use: string, more: Readonly<Record<string, string>> = {}) =>
    printed(compileTexts({ ...both, 'botschema.yaml': `name: sample\nuse: [${use}]\n`, ...more }).diagnostics)
  const disagreed = expect.stringContaining('two/thing.yaml:3:23 modules-disagree')

  test('are told, unless the set that takes in both says what is meant', () => {
    expect(found('./one, ./two')).toEqual([disagreed])
    for (const least of [2, 3, 4]) {
      const own = { 'own.yaml': `extend: thing\nfields:\n  name: { min_length: ${least} }\n` }
      expect(found('./one, ./two', own)).toEqual([])
    }
  })

  test('are not settled by a word about something else, or by a third that knows of neither', () => {
    const own = { 'own.yaml': 'extend: thing\nfields:\n  name: { max_length: 9 }\n' }
    expect(found('./one, ./two', own)).toEqual([disagreed])
    expect(found('./one, ./two, ./three', module('three', 3))).toEqual([disagreed])
  })

  test('are settled by a module between', () => {
    const between = {
      'three/module.yaml': 'module: three\nuse: [../one, ../two]\n',
      'three/thing.yaml': 'extend: thing\nfields:\n  name: { min_length: 4 }\n',
    }
    expect(found('./three', between)).toEqual([])
  })
})
