import { describe, expect, test } from 'vitest'
import { compileEmitted } from '../../../generators/engines/script/compile.js'
import { typescript } from '../../../generators/typescript/index.js'
import { compileTexts, printed } from '../../support/compile.js'
import { filesOf, textOf } from './emitted.js'

const emittedFor = async (person: string) => {
  const { value } = compileTexts({
    'person.yaml': person,
    'note.yaml': 'entity: note\nfields:\n  id: identity\n  about: ref(person)\n',
  })
  if (value === null) throw new Error('no set')
  return filesOf(typescript.units(value.set, { module: 'esm', imports: 'js', runtime: 'package' }).value)
}

const use = `import type { Person } from './typescript/person.js'
import type { Note } from './typescript/note.js'
export const same = (person: Person): Note['about'] => person.id
export const mixed = (person: Person): Note['about'] => person.account
`

describe("the ids of rows are not Discord's", () => {
  test.each(['identity', 'uuid', 'objectid'])('where the key is %s and another field a snowflake', async (key) => {
    const files = await emittedFor(`entity: person\nfields:\n  id: ${key}\n  account: snowflake(person)\n`)
    expect(textOf(files, 'typescript/person.ts')).toContain('id: PersonRowId')
    expect(textOf(files, 'typescript/person.ts')).toContain('account: PersonId')
    expect(textOf(files, 'typescript/note.ts')).toContain('about: PersonRowId')
    const findings = await compileEmitted([...files, { path: 'use.ts', text: use }], 'esm')
    expect(findings.map(({ path, line }) => `${path}:${line}`)).toEqual(['use.ts:4'])
  })

  test('and keep the plain name where no snowflake is of that thing', async () => {
    const files = await emittedFor('entity: person\nfields:\n  id: identity\n  account: snowflake(user)\n')
    expect(textOf(files, 'typescript/person.ts')).toContain('id: PersonId')
  })

  test('an entity whose own ids would take the name is refused', () => {
    const { value } = compileTexts({
      'person.yaml': 'entity: person\nfields:\n  id: identity\n  account: snowflake(person)\n',
      'person_row.yaml': 'entity: person_row\nfields:\n  id: identity\n  person_id: ref(person)\n',
    })
    if (value === null) throw new Error('no set')
    expect(
      printed(typescript.units(value.set, { module: 'esm', imports: 'js', runtime: 'package' }).diagnostics),
    ).toEqual([
      'person_row.yaml:1:9 code-name-clash in code the ids of person_row would be called `PersonRowId`, which is the ids of person',
    ])
  })
})
