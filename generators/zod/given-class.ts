import { type Code, code, joined, trusted } from '../script/code.js'
import { type DriverClass, passedClasses } from '../script/driver-classes.js'
import { argumentsCode } from '../script/layout.js'
import { runtimeType } from '../script/runtime.js'
import { nested } from './record.js'

const typeParameters = {
  ObjectId: { name: 'Id', like: 'ObjectIdLike', of: 'ObjectIdClass' },
  Decimal128: { name: 'Decimal', like: 'Decimal128Like', of: 'Decimal128Class' },
} as const satisfies Record<DriverClass, { name: string; like: string; of: string }>

/** The head of a function that is given the driver's classes. */
const givenClasses = (classes: readonly DriverClass[]): Code => {
  const types = classes.map((one) => {
    const { name, like } = typeParameters[one]
    return code`${trusted(name)} extends ${runtimeType('v1/zod', like)}`
  })
  const parameters = classes.map((one) => {
    const { name, of } = typeParameters[one]
    return code`${trusted(one)}: ${runtimeType('v1/zod', of)}<${trusted(name)}>`
  })
  return code`<${joined(types, ', ')}>${argumentsCode(parameters)}`
}

/** `value` as a function of the driver's classes that are needed inside. */
export const given = (classes: readonly DriverClass[], value: Code): Code =>
  classes.length === 0
    ? value
    : code`${givenClasses(classes)} =>
  ${nested(value)}`

/** The same for an object literal. */
export const literalGiven = (classes: readonly DriverClass[], value: Code): Code =>
  classes.length === 0 ? value : code`${givenClasses(classes)} => (${value})`

/** In a function that is given the classes, the codecs of an entity's values have this name. */
export const givenPaths = 'paths'

/** The same for what takes codecs of single values, which `paths` is the function of. */
export const givenWithPaths = (
  classes: readonly DriverClass[],
  paths: { readonly name: string; readonly classes: readonly DriverClass[] },
  value: Code,
): Code => code`${givenClasses(classes)} => {
  const ${trusted(givenPaths)} = ${trusted(paths.name)}${passedClasses(paths.classes)}
  return ${nested(value)}
}`
