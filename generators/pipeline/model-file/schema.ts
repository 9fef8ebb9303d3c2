import { z } from 'zod'
import type { Span } from '../../kernel/source.js'
import { parseExpression } from '../../language/expression/index.js'
import { translatePattern } from '../../language/pattern/index.js'
import type { Members, Shape, Special } from './form.js'

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Text that has a grammar of its own, parsed; what its parser refuses is no text of the file. */
const parsed = <T>(parse: (text: string) => T | null, what: string): z.ZodType =>
  z.string().transform((text, context) => {
    const value = parse(text)
    if (value !== null) return value
    context.addIssue({ code: 'custom', message: `no ${what}` })
    return z.NEVER
  })

/** The Zod schemas of shapes. A part that says where it was written stands at `origin`. */
const schemasAt = (origin: Span): ((shape: Shape) => z.ZodType) => {
  const place = (value: unknown): unknown => (isObject(value) ? { ...value, origin } : value)

  const objectOf = (members: Members, kind: Readonly<Record<string, z.ZodType>>) =>
    z.strictObject({
      ...kind,
      ...Object.fromEntries(
        Object.entries(members).map(([name, { otherwise, shape }]) => {
          const schema = schemaOf(shape)
          return [name, otherwise === undefined ? schema : schema.default(otherwise)]
        }),
      ),
    })

  const specialOf = (special: Special): z.ZodType => {
    switch (special) {
      case 'expression':
        return parsed((text) => parseExpression(text, () => origin).value, 'expression')
      case 'pattern':
        return parsed((text) => translatePattern(text, origin).value, 'pattern')
      case 'places':
        // They follow from what they are places of.
        return z.undefined().optional()
    }
  }

  const schemaOf = (shape: Shape): z.ZodType => {
    switch (shape.kind) {
      case 'text':
        return shape.pattern === null ? z.string() : z.string().regex(shape.pattern)
      case 'number':
        return z.number()
      case 'truth':
        return z.boolean()
      case 'bigint':
        return z
          .string()
          .regex(/^-?\d{1,40}$/)
          .transform(BigInt)
      case 'json':
        return z.unknown().refine((value) => value !== undefined, 'missing')
      case 'choice':
        return z.literal([...shape.values])
      case 'null-or':
        return schemaOf(shape.of).nullable()
      case 'list':
        return z.array(schemaOf(shape.of))
      case 'either':
        return z.union(shape.of.map(schemaOf))
      case 'members': {
        const schema = objectOf(shape.of, {})
        return shape.isPlaced ? schema.transform(place) : schema
      }
      case 'variants': {
        const [first, ...others] = Object.entries(shape.of).map(([kind, members]) =>
          objectOf(members, { kind: z.literal(kind) }),
        )
        if (first === undefined) return z.never()
        const schema = z.discriminatedUnion('kind', [first, ...others])
        return shape.isPlaced ? schema.transform(place) : schema
      }
      case 'later':
        return z.lazy(() => laterOf(shape.of))
      case 'special':
        return specialOf(shape.special)
    }
  }

  const made = new Map<() => Shape, z.ZodType>()
  const laterOf = (of: () => Shape): z.ZodType => {
    const schema = made.get(of) ?? schemaOf(of())
    made.set(of, schema)
    return schema
  }

  return schemaOf
}

/** Holds a value to a shape; a text says what is wrong with it, and where. */
export const readShape = (shape: Shape, origin: Span, value: unknown): { readonly value: unknown } | string => {
  const read = schemasAt(origin)(shape).safeParse(value)
  if (read.success) return { value: read.data }
  const [issue] = read.error.issues
  const path = (issue?.path ?? []).map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('')
  const problem = issue?.message ?? 'invalid'
  return `${path.replace(/^\./, '') || 'the whole'}: ${problem.length > 100 ? `${problem.slice(0, 99)}…` : problem}`
}
