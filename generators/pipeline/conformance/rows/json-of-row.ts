import type { Field } from '../../../model/field.js'
import type { JsonValue } from '../../../model/origin.js'
import { list, type Members, memberOf, members, type Sample, same, storedJsonOf, unsaid } from './sample.js'

interface Owner {
  readonly fields: readonly Field[]
}

/** JSON has neither -0, which conditions take as 0, nor a bigint where a number stands, which documents take as one. */
const sayable = (sample: Sample): Sample => {
  switch (sample.kind) {
    case 'leaf': {
      const { code, json } = sample.forms
      const isUnsaid = Object.is(code, -0) || (json === unsaid && typeof code === 'bigint')
      return isUnsaid ? same(Number(code) + 0) : sample
    }
    case 'list':
      return list(sample.items.map(sayable))
    case 'members':
      return members(sample.members.map((member) => ({ ...member, value: sayable(member.value) })))
  }
}

/** What is given for a field, as conditions read it; `undefined` where JSON has no form for it. */
export const jsonIn = (of: Members, name: string): JsonValue | undefined => {
  const member = memberOf(of, name)
  const json = member === undefined ? unsaid : storedJsonOf(sayable(member))
  return json === unsaid ? undefined : json
}

/** The clock that insert schemas and stores read as well. */
const nowAs = ({ type }: Field): JsonValue => {
  const now = new Date().toISOString()
  if (type.kind === 'date') return now.slice(0, 10)
  return type.kind === 'time' ? now.slice(11, 19) : now
}

const filledIn = (field: Field | undefined): JsonValue => {
  if (field?.default?.kind === 'literal') return field.default.value
  return field?.default?.kind === 'now' ? nowAs(field) : null
}

/** The same, where what is not there is what an insert fills in. */
export const jsonAt = (owner: Owner, of: Members, name: string): JsonValue | undefined =>
  memberOf(of, name) === undefined ? filledIn(owner.fields.find((field) => field.name === name)) : jsonIn(of, name)
