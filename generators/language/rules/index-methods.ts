import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Entity, Index, IndexPart } from '../../model/entity.js'
import type { Type } from '../../model/type.js'
import type { IndexMethod } from '../../model/words.js'
import { resolvePath, type Scope } from '../expression/index.js'
import { entityRule, scopeOf } from './rule.js'
import { commonStores } from './stores.js'

type FieldPart = IndexPart & { readonly kind: 'field' }
type FieldProblem =
  | 'needs-gin'
  | 'needs-operator-class'
  | 'needs-vector-method'
  | 'not-a-vector'
  | 'json-needs-jsonb'
  | 'direction'
  | 'nulls'
  | 'word'

/** What each method can do: `vector` compares vectors, and `includes` keeps fields beside its own. */
const abilities: Readonly<Record<IndexMethod, { readonly vector: boolean; readonly includes: boolean }>> = {
  btree: { vector: false, includes: true },
  hash: { vector: false, includes: false },
  gin: { vector: false, includes: false },
  gist: { vector: false, includes: true },
  brin: { vector: false, includes: false },
  spgist: { vector: false, includes: true },
  hnsw: { vector: true, includes: false },
  ivfflat: { vector: true, includes: false },
}

const isVectorMethod = (method: IndexMethod): boolean => abilities[method].vector

/** A value whose inside gin finds: what Postgres keeps as an array or as jsonb. */
const hasInside = ({ kind }: Type): boolean =>
  kind === 'list' || kind === 'json' || kind === 'map' || kind === 'object' || kind === 'union'

const typeProblem = (type: Type, method: IndexMethod, operatorClass: string | null): FieldProblem | null => {
  if (type.kind === 'vector') return isVectorMethod(method) ? null : 'needs-vector-method'
  if (isVectorMethod(method)) return 'not-a-vector'
  if (type.kind === 'json' && type.as === 'json') return 'json-needs-jsonb'
  if (hasInside(type)) return method === 'gin' || operatorClass !== null ? null : 'needs-gin'
  return method === 'gin' && operatorClass === null ? 'needs-operator-class' : null
}

function* ofPart(part: FieldPart, method: IndexMethod, scope: Scope): Generator<Diagnostic> {
  const resolved = resolvePath(scope, part.path)
  if (resolved.kind !== 'field') return
  const { operatorClass } = part
  const isClass = operatorClass === null || operatorClass.endsWith('_ops')
  const problem = isClass ? typeProblem(resolved.field.type, method, operatorClass) : 'word'
  if (problem !== null) yield report('index-field', part.origin, { field: part.path.join('.'), problem })
}

function* ofIndex(index: Index, method: IndexMethod): Generator<Diagnostic> {
  const several = index.parts.length > 1
  if (method === 'hash' && several) yield report('index-method', index.origin, { problem: 'hash-one' })
  if (isVectorMethod(method) && several) yield report('index-method', index.origin, { problem: 'vector-one' })
  if (index.unique && method !== 'btree') yield report('index-method', index.origin, { problem: 'unique' })
  if (index.include.length > 0 && !abilities[method].includes)
    yield report('index-method', index.origin, { problem: 'include' })
  if (method === 'btree') return
  for (const part of index.parts) {
    const field = part.kind === 'field' ? part.path.join('.') : 'this'
    if (part.direction === 'desc') yield report('index-field', part.origin, { field, problem: 'direction' })
    else if (part.nulls !== null) yield report('index-field', part.origin, { field, problem: 'nulls' })
  }
}

/** Whether Postgres keeps an index: MongoDB has one kind, which serves all that a document holds. */
const isInPostgres = (entity: Entity, { parts }: Index): boolean =>
  commonStores(
    entity,
    parts.flatMap((part) => (part.kind === 'field' ? part.path.slice(0, 1) : [])),
  ).includes('postgres')

/** An index method serves the types of its fields and can do what is asked of it. */
export const indexMethods = entityRule('index-methods', function* (entity, context) {
  for (const index of entity.indexes.filter((one) => isInPostgres(entity, one))) {
    const method = index.using ?? 'btree'
    yield* ofIndex(index, method)
    for (const part of index.parts) {
      if (part.kind === 'field') yield* ofPart(part, method, scopeOf(context, entity))
    }
  }
})
