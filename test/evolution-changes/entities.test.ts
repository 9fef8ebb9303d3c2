import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { compareSets } from '../../generators/evolution/index.js'
import { known } from '../../generators/kernel/bug.js'
import { entityOf } from '../../generators/model/lookup.js'
import type { SchemaSet } from '../../generators/model/schema-set.js'
import { loadValidators, type Validator } from '../../generators/pipeline/conformance/judges/zod.js'
import { codeOf, type Members, memberOf, members } from '../../generators/pipeline/conformance/rows/sample.js'
import { sampleRows } from '../../generators/pipeline/conformance/rows/valid-rows.js'
import { emitSet } from '../conformance/emitted-set.js'
import { type DrawnType, scalars } from '../random-schemas/types.js'
import { setOf } from './compared.js'

const edits = Number(process.env['CHANGED_ENTITIES'] ?? 20)

interface DrawnField {
  readonly name: string
  readonly type: DrawnType
  readonly isNullable: boolean
  readonly hasDefault: boolean
  readonly was?: string
}

/** What an edit does to a field; `rename` and `drop` say so in the YAML. */
const deeds = ['keep', 'keep', 'keep', 'drop', 'rename', 'null', 'default', 'retype', 'add'] as const

interface Edit {
  readonly before: readonly DrawnField[]
  readonly after: readonly DrawnField[]
  readonly gone: readonly string[]
}

const fields = fc.record({ type: scalars, isNullable: fc.boolean(), hasDefault: fc.boolean() })

const editOf = (seed: number): Edit => {
  const drawn = fc.sample(fields, { numRuns: 12, seed })
  const others = fc.sample(fields, { numRuns: 12, seed: seed + 1_000_000 })
  const chosen = fc.sample(fc.constantFrom(...deeds), { numRuns: 6, seed })
  const before = drawn.slice(0, 6).map((field, index): DrawnField => ({ ...field, name: `f${index}` }))
  const after = before.flatMap((field, index): readonly DrawnField[] => {
    const other = known(others[index], 'a field')
    switch (chosen[index]) {
      case 'drop':
        return []
      case 'rename':
        return [{ ...field, name: `g${index}`, was: field.name }]
      case 'null':
        return [{ ...field, isNullable: !field.isNullable }]
      case 'default':
        return [{ ...field, hasDefault: !field.hasDefault }]
      case 'retype':
        return [{ ...field, type: other.type }]
      case 'add':
        return [field, { ...other, name: `h${index}` }]
      default:
        return [field]
    }
  })
  const gone = before.filter(({ name }) => !after.some((one) => one.name === name || one.was === name))
  return { before, after, gone: gone.map(({ name }) => name) }
}

const fieldText = ({ hasDefault, isNullable, type, was }: DrawnField): string => {
  const value = hasDefault && type.value !== undefined ? { default: type.value } : {}
  const renamed = was === undefined ? {} : { was }
  const said = { type: `${type.text}${isNullable ? '?' : ''}`, ...type.options, ...value, ...renamed }
  return stringify(said, { collectionStyle: 'flow', lineWidth: 0 }).trim()
}

const setWith = (all: readonly DrawnField[], gone: readonly string[]): SchemaSet =>
  setOf({
    'botschema.yaml': 'name: sample\nstores: [postgres]\n',
    'thing.yaml': `entity: thing\nfields:\n  id: snowflake\n${all.map((field) => `  ${field.name}: ${fieldText(field)}\n`).join('')}${gone.length === 0 ? '' : `gone: [${gone.join(', ')}]\n`}`,
  })

interface Side {
  readonly rows: readonly Members[]
  readonly row: Validator
  readonly given: Validator
}

const sideOf = async (set: SchemaSet, seed: number): Promise<Side> => {
  const entity = entityOf(set, 'thing')
  const validatorOf = await loadValidators(await emitSet(set))
  return {
    rows: sampleRows(set, entity, seed, 10),
    row: validatorOf(entity, ({ rowSchema }) => rowSchema),
    given: validatorOf(entity, ({ insertSchema }) => insertSchema),
  }
}

/** A stored row as a migration leaves it: renamed, without what is gone, and filled where something fills it. */
const moved = (row: Members, { after }: Edit, filled: Members): Members =>
  members(
    [{ name: 'id', isNullable: false, hasDefault: false }, ...after].flatMap((field) => {
      const { name } = field
      const value = memberOf(row, 'was' in field && field.was !== undefined ? field.was : name)
      const isFilled = field.isNullable || ('type' in field && field.hasDefault && field.type.value !== undefined)
      const kept = value ?? (isFilled ? memberOf(filled, name) : undefined)
      return kept === undefined ? [] : [{ name, property: name, value: kept }]
    }),
  )

describe('an edit of an entity', () => {
  it.each(Array.from({ length: edits }, (_, seed) => seed))(
    'that breaks no rows and no writers refuses none of theirs (%i)',
    async (seed) => {
      const edit = editOf(seed)
      const [was, is] = [setWith(edit.before, []), setWith(edit.after, edit.gone)]
      const { changes, questions } = compareSets(was, is)
      const [before, after] = [await sideOf(was, seed), await sideOf(is, seed)]
      const filled = known(after.rows[0], 'a row')
      const refusedRows = before.rows.filter((row) => !after.row.safeParse(codeOf(moved(row, edit, filled))).success)
      const refusedInputs = before.rows.filter((row) => !after.given.safeParse(codeOf(row)).success)
      // What is lost is refused by nobody.
      const breaksRows = changes.some(({ breaks, kind }) => kind !== 'removed' && breaks.includes('rows'))
      const breaksWriters = changes.some(({ breaks }) => breaks.includes('writers'))
      const isOpen = questions.length > 0
      expect(refusedRows.length > 0 && !breaksRows && !isOpen ? changes : []).toEqual([])
      expect(refusedInputs.length > 0 && !breaksWriters && !isOpen ? changes : []).toEqual([])
      expect(questions.filter(({ thing }) => thing !== 'value')).toEqual([])
      expect(before.rows.every((row) => before.row.safeParse(codeOf(row)).success)).toBe(true)
    },
    60_000,
  )
})
