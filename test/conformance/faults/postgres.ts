import type { Entity } from '../../../generators/model/entity.js'
import type { Evidence } from '../../../generators/pipeline/verify/proof.js'
import { emittedText, type Fault } from './fault.js'
import { isAskedAt } from './in-schemas.js'
import { textFault } from './text-fault.js'

const file = 'postgres/schema.sql'

const postgres = textFault(() => file)

/** Parts of constraints, and what is more than one row or an update. */
const parts: readonly Fault[] = [
  postgres('width of text', 'word', 'short', 'short varchar(5)', 'short text'),
  postgres('longest', 'word', 'kept', 'char_length(kept) <= 5', 'true'),
  postgres('shortest', 'word', 'slug', 'char_length(slug) >= 2', 'true'),
  postgres('pattern', 'word', 'paint', "paint ~ '^#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})$'", 'true'),
  postgres('enum', 'word', 'mark', "mark IN ('a', 'b')", 'true'),
  postgres('calendar', 'word', 'day', "day < '10000-01-01'", 'true'),
  postgres('no 24:00', 'word', 'hour', "hour < '24:00'", 'true'),
  postgres('snowflake', 'word', 'flake', 'flake > 0', 'true'),
  postgres('not null', 'word', 'free', 'free text NOT NULL', 'free text'),
  postgres('most items', 'word', 'tags', 'cardinality(tags) BETWEEN 1 AND 3', 'true'),
  postgres('no null items', 'word', 'moods[0]', 'array_position(moods, NULL) IS NULL', 'true'),
  postgres('items', 'word', 'links[0]', 'public.is_url_list(links)', 'true'),
  postgres('least', 'amount', 'count', 'count BETWEEN 1 AND 500', 'count <= 500'),
  postgres('safe numbers', 'amount', 'huge', 'huge BETWEEN -9007199254740991 AND 9007199254740991', 'true'),
  postgres('most of 64 bits', 'amount', 'limited', 'limited BETWEEN -5 AND 9007199254740993', 'limited >= -5'),
  postgres('finite', 'amount', 'ratio', "ratio < 'Infinity'", 'true'),
  postgres('no NaN', 'amount', 'price', "price <> 'NaN'", 'true'),
  postgres('least decimal', 'amount', 'fee', 'fee BETWEEN 0.5 AND 99.95', 'fee <= 99.95'),
  postgres('check', 'amount', 'yes', 'price <= fee OR yes', 'true'),
  postgres('instants', 'amount', 'at', "at < '10000-01-01Z'", 'true'),
  postgres('most bytes', 'structure', 'blob', 'octet_length(blob) BETWEEN 1 AND 4', 'octet_length(blob) >= 1'),
  postgres('structure', 'structure', 'part', 'CHECK (public.is_part(part))', 'CHECK (true)'),
  postgres('map', 'structure', 'texts', 'public.is_structures_texts(texts)', 'true'),
  postgres('union', 'structure', 'either', 'public.is_structures_either(either)', 'true'),
  postgres('lists inside of lists', 'structure', 'grid', 'public.is_structures_grid(grid)', 'true'),
  postgres('key', 'entry', 'id', '  CONSTRAINT entries_pkey PRIMARY KEY (id),\n', ''),
  postgres('unique', 'entry', 'note', 'UNIQUE NULLS NOT DISTINCT (note, page)', 'CHECK (true)'),
  postgres('nulls that are not distinct', 'entry', 'note', 'UNIQUE NULLS NOT DISTINCT', 'UNIQUE'),
  postgres(
    'unique with a condition',
    'entry',
    'page',
    'CREATE UNIQUE INDEX entries_page_idx',
    'CREATE INDEX entries_page_idx',
  ),
  postgres(
    'reference',
    'entry',
    'origin_id',
    'FOREIGN KEY (origin_id) REFERENCES public.stamps (id) ON DELETE SET NULL',
    'CHECK (true)',
  ),
  postgres('immutable', 'entry', 'made_by', 'OLD.made_by IS DISTINCT FROM NEW.made_by OR', 'false OR'),
  postgres(
    'append-only',
    'stamp',
    'mark',
    'BEFORE UPDATE OR DELETE ON public.stamps',
    'BEFORE DELETE ON public.stamps',
  ),
  postgres(
    'computed',
    'bill',
    'tenth',
    'tenth double precision NOT NULL GENERATED ALWAYS AS (pieces::numeric * 0.1) STORED',
    'tenth double precision DEFAULT 0',
  ),
]

/** What is in the SQL between two marks, of which the first begins a line. */
const section = (sql: string, from: string, to: string): string => {
  const start = sql.indexOf(`\n${from}`)
  return start < 0 ? '' : sql.slice(start + 1, sql.indexOf(to, start))
}

const tableOf = (sql: string, { table }: Entity): string => section(sql, `CREATE TABLE public.${table} (`, '\n);')

/** Every check of a table's columns: `CONSTRAINT words_slug_check CHECK (…)`, on one line or several. */
const checksOf = (sql: string, entity: Entity): readonly Fault[] =>
  entity.fields.flatMap(({ name, type }) => {
    const start = `  CONSTRAINT ${entity.table}_${name}_check CHECK (`
    const [line] = tableOf(sql, entity)
      .split(/,?\n(?= {2}[A-Za-z])/)
      .filter((one) => one.startsWith(start.trimStart()) || one.startsWith(start))
    return line === undefined
      ? []
      : [postgres('check', entity.name, type.kind === 'list' ? `${name}[0]` : name, line, `${start}true)`)]
  })

/** That columns are not null, but for those of a key. */
const notNulls = (sql: string, entity: Entity): readonly Fault[] =>
  tableOf(sql, entity)
    .split('\n')
    .flatMap((line) => {
      const [, name = ''] = /^ {2}(\w+) .* NOT NULL/.exec(line) ?? []
      const isAsked = entity.fields.some((field) => field.name === name && field.generated === null && name !== 'id')
      return isAsked ? [postgres('not null', entity.name, name, `\n${line}`, `\n${line.replace(' NOT NULL', '')}`)] : []
    })

/** Every line of a structure's function, each of which holds one member. */
const linesOf = (sql: string, name: string, at: string): readonly Fault[] => {
  const text = section(sql, `CREATE FUNCTION public.is_${name}(`, 'END IS TRUE')
  const lines = text.split('\n').filter((line) => line.startsWith('    AND '))
  return lines.map((line) => {
    const member = /'(\w+)'/.exec(line)?.[1] ?? ''
    return postgres('member', 'structure', `${at}.${member}`, `${line}\n`, '    AND true\n')
  })
}

/** No driver sends the null of JSON for a whole column: its null is that of SQL. */
const isJson = ({ fields }: Entity, at: string): boolean =>
  fields.some(({ name, type }) => name === at && type.kind === 'json')

/** Constraints of the emitted schema: all of columns and members, and one of each other kind. */
export const inPostgres = (emitted: Evidence): readonly Fault[] => {
  const sql = emittedText(emitted, file)
  return [
    ...emitted.set.entities.flatMap((entity) =>
      [...checksOf(sql, entity), ...notNulls(sql, entity)].filter(
        ({ at }) => isAskedAt(entity, at) && !isJson(entity, at),
      ),
    ),
    ...linesOf(sql, 'part', 'part'),
    ...linesOf(sql, 'inner', 'part.inner'),
    ...parts,
  ]
}
