import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Index, IndexPart } from '../../model/entity.js'
import type { Type } from '../../model/type.js'
import { resolvePath, type Scope } from '../expression/index.js'
import { entityRule, scopeOf } from './rule.js'

type FieldPart = IndexPart & { readonly kind: 'field' }
type Method = NonNullable<Index['using']>
type FieldProblem =
  | 'needs-gin'
  | 'needs-operator-class'
  | 'needs-vector-method'
  | 'not-a-vector'
  | 'json-needs-jsonb'
  | 'direction'
  | 'word'

const isVectorMethod = (method: Method): boolean => method === 'hnsw' || method === 'ivfflat'

/** A value whose inside gin finds: what Postgres keeps as an array or as jsonb. */
const hasInside = ({ kind }: Type): boolean =>
  kind === 'list' || kind === 'json' || kind === 'map' || kind === 'object' || kind === 'union'

const typeProblem = (type: Type, method: Method, operatorClass: string | null): FieldProblem | null => {
  if (type.kind === 'vector') return isVectorMethod(method) ? null : 'needs-vector-method'
  if (isVectorMethod(method)) return 'not-a-vector'
  if (type.kind === 'json' && type.as === 'json') return 'json-needs-jsonb'
  if (hasInside(type)) return method === 'gin' || operatorClass !== null ? null : 'needs-gin'
  return method === 'gin' && operatorClass === null ? 'needs-operator-class' : null
}

function* ofPart(part: FieldPart, method: Method, scope: Scope): Generator<Diagnostic> {
  const resolved = resolvePath(scope, part.path)
  if (resolved.kind !== 'field') return
  const { operatorClass } = part
  const isClass = operatorClass === null || operatorClass.endsWith('_ops')
  const problem = isClass ? typeProblem(resolved.field.type, method, operatorClass) : 'word'
  if (problem !== null) yield report('index-field', part.origin, { field: part.path.join('.'), problem })
}

function* ofIndex(index: Index, method: Method): Generator<Diagnostic> {
  const several = index.parts.length > 1
  if (method === 'hash' && several) yield report('index-method', index.origin, { problem: 'hash-one' })
  if (isVectorMethod(method) && several) yield report('index-method', index.origin, { problem: 'vector-one' })
  if (index.unique && method !== 'btree') yield report('index-method', index.origin, { problem: 'unique' })
  const canInclude = method === 'btree' || method === 'gist' || method === 'spgist'
  if (index.include.length > 0 && !canInclude) yield report('index-method', index.origin, { problem: 'include' })
  if (method === 'btree') return
  for (const part of index.parts) {
    if (part.direction === 'asc') continue
    const field = part.kind === 'field' ? part.path.join('.') : 'this'
    yield report('index-field', part.origin, { field, problem: 'direction' })
  }
}

/** An index method serves the types of its fields and can do what is asked of it. */
export const indexMethods = entityRule('index-methods', function* (entity, context) {
  for (const index of entity.indexes) {
    const method = index.using ?? 'btree'
    yield* ofIndex(index, method)
    for (const part of index.parts) {
      if (part.kind === 'field') yield* ofPart(part, method, scopeOf(context, entity))
    }
  }
})
