import type { ReaderId } from '../../../generators/pipeline/conformance/conditions/reader.js'

/** A printer of conditions that gets one rule wrong: what it prints for a condition, as it would then be. */
export interface ConditionMutation {
  readonly rule: string
  readonly emitter: string
  /** The entity of `test/conditions/fixture` that the condition is about. */
  readonly entity: string
  readonly condition: string
  readonly reading: 'holds' | 'passes'
  readonly reader: ReaderId
  readonly from: string | RegExp
  readonly to: string
}

type Asked = readonly [entity: string, condition: string, reading?: 'holds' | 'passes']
type Change = readonly [from: string | RegExp, to: string]

const of =
  (reader: ReaderId, emitter: string) =>
  (rule: string, [entity, condition, reading = 'holds']: Asked, [from, to]: Change): ConditionMutation => ({
    rule,
    emitter,
    entity,
    condition,
    reading,
    reader,
    from,
    to,
  })

const filter = of('filter', 'generators/document/filter.ts')
const index = of('partial index', 'generators/document/filter.ts')
const expression = of('$expr', 'generators/document/expression/aggregation.ts')
const code = of('code', 'generators/script/expression/truth.ts')
const sql = of('Postgres', 'generators/relational/expression.ts')

const doneOrNotOpen: Asked = ['state', "state = 'done' or (kept = false and state <> 'open')"]

/** Printers of conditions that get one rule wrong. */
export const conditionMutations: readonly ConditionMutation[] = [
  filter('`<` for `<=`', ['number', 'count <= 1'], ['"$lte"', '"$lt"']),
  filter('an end of `between` left out', ['number', 'small between 1 and 3'], [/,"\$lte":3/, '']),
  filter('an option of `in` left out', ['state', "state in ('open', 'done')"], [',"done"', '']),
  filter('`is null` only where nothing is stored', ['number', 'count is null'], [/null/, '{"$exists":false}']),
  filter('another value of an enum', ['state', "state = 'open'"], ['"open"', '"held"']),
  index('`$or` taken out of what is beside it', doneOrNotOpen, ['"kept":false,', '']),
  index('`not` that is lost', ['state', 'not kept'], ['false', 'true']),
  index('`$and` for `$or`', ['state', "kept or state = 'done'"], ['"$or"', '"$and"']),
  expression(
    'null under `not`',
    ['number', 'not (count > 1)'],
    [/^\{"\$expr":.*\}$/, '{"$expr":{"$lte":["$count",1]}}'],
  ),
  expression(
    'a check that fails where it is unknown',
    ['number', 'count > 1', 'passes'],
    ['{"$eq":[{"$ifNull":["$count",null]},null]},', ''],
  ),
  expression(
    'the order of two operands',
    ['number', 'small - count > 1'],
    [/\["\$small","\$count"\]/g, '["$count","$small"]'],
  ),
  code('`<` for `<=`', ['number', 'small <= 1'], ['<=', '<']),
  code('lengths in UTF-16 units', ['word', 'length(name) = 2'], [/countCharacters\((.*?)\)/, '$1.length']),
  code(
    'letters beyond ASCII in lower case',
    ['word', "lower(name) = 'äb'"],
    [/lowerAscii\((.*?)\)/, '$1.toLowerCase()'],
  ),
  code('a check that fails where it is unknown', ['number', 'count > 1', 'passes'], ['row.count == null || ', '']),
  code('`or` for `and`', ['state', "kept and state = 'done'"], ['&&', '||']),
  sql('brackets left out', ['state', "(kept or maybe) and state = 'done'"], [/[()]/g, '']),
  sql('`not in` for `in`', ['state', "state in ('open')"], ['IN', 'NOT IN']),
  sql('lengths in bytes', ['word', 'length(name) = 2'], ['char_length', 'octet_length']),
  sql('`-` for `+`', ['number', 'small + 1 > 2'], ['+', '-']),
]
