import { type Code, code, trusted, typeImport } from '../script/code.js'
import { nested } from './record.js'

/** The head of a function that is given the driver's class of ObjectIds. */
const givenClass = (): Code =>
  code`<Id extends ${typeImport('zod/codecs', 'ObjectIdLike')}>(ObjectId: ${typeImport('zod/codecs', 'ObjectIdClass')}<Id>)`

/** `value` as a function of the driver's class, where ObjectIds are inside. */
export const givenObjectId = (value: Code): Code => code`${givenClass()} =>
  ${nested(value)}`

/** The same for an object literal. */
export const literalGivenObjectId = (value: Code): Code => code`${givenClass()} => (${value})`

/** In a function that is given the class, the codecs of an entity's values have this name. */
export const givenPaths = 'paths'

/** The same for what takes codecs of single values, which `paths` is the function of. */
export const givenObjectIdAndPaths = (paths: string, value: Code): Code => code`${givenClass()} => {
  const ${trusted(givenPaths)} = ${trusted(paths)}(ObjectId)
  return ${nested(value)}
}`
