import type { Partition } from '../model/entity.js'
import { fieldOf } from '../model/lookup.js'
import type { PartitionPeriod } from '../model/words.js'
import { instantFormOf } from './forms.js'
import { byteLength, clip, longestName } from './object-name.js'
import type { TableContext } from './table-context.js'
import type { MakePartitionsFunction, Partitioning, Table } from './tables.js'

/** The end of a partition's name: its period in `to_char`'s template, and as long as it gets. */
export const periodSuffix: Readonly<Record<PartitionPeriod, string>> = {
  year: '"y"YYYY',
  month: '"y"YYYY"m"MM',
  week: '"y"IYYY"w"IW',
  day: '"y"YYYY"m"MM"d"DD',
}

const longestSuffix = byteLength('_y2024m01d05')

export const partitioningOf = (context: TableContext): Partitioning | null => {
  const { table, postgres } = context.entity
  if (postgres.partition === null) return null
  const { by, on, ahead, origin } = postgres.partition
  return {
    by,
    column: on,
    form: formOf(context, postgres.partition),
    ahead,
    default: context.relationNames.choose(table, null, 'default', 'partition', origin),
    function: context.functionNames.choose(table, null, 'make_partitions', 'function', origin),
    prefix: `${clip(table, longestName - longestSuffix)}_`,
  }
}

const formOf = (context: TableContext, { on }: Partition): Partitioning['form'] =>
  instantFormOf(fieldOf(context.entity, on).type, context.options) ?? 'zoned'

/** The functions that make partitions, once all tables are known: other tables may refer to a partitioned one. */
export const partitionFunctions = (tables: readonly Table[]): readonly MakePartitionsFunction[] =>
  tables.flatMap((table) =>
    table.partition === null
      ? []
      : [
          {
            kind: 'make-partitions',
            name: table.partition.function,
            table: table.name,
            partitioning: table.partition,
            columns: table.columns.filter(({ generated }) => generated === null).map(({ name }) => name),
            appendOnly: table.appendOnly,
            incoming: tables.flatMap((other) =>
              other.constraints.flatMap((key) =>
                key.kind === 'foreign-key' && key.to.table === table.name ? [{ table: other.name, key }] : [],
              ),
            ),
          },
        ],
  )
