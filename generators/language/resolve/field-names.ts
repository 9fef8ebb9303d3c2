import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Scalar } from '../load/node.js'

/** What `invalid-name` asks for where a field is named. */
export const fieldNameForm =
  'a text without dots, control characters, a leading $, or spaces around it (and `?` only on names inside an object)'

/**
 * Whether a name can be a field's in both stores, or in code, where Mongoose takes it as it takes a path. Mongo reserves
 * a leading `$` and reads `.` as a path; `__proto__` is no property of a JavaScript object.
 */
export const isFieldName = (name: string): boolean =>
  name !== '' && name.trim() === name && !/\p{Cc}/u.test(name) && !/^\$|\.|\?$/.test(name) && name !== '__proto__'

export const fieldNameProblem = (key: Scalar, name: string, what = 'a field'): Diagnostic | null => {
  if (isFieldName(name)) return null
  return report('invalid-name', key.at, { name, what, form: fieldNameForm })
}
