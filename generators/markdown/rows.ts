import { unreachable } from '../kernel/bug.js'
import { code, joined, link, type Markdown, md, prose, text } from '../kernel/safe/markdown.js'
import type { Entity } from '../model/entity.js'
import type { Retention } from '../model/retention.js'
import { growthCell } from './about.js'
import { lettersOf } from './access.js'
import type { EntityFacts } from './facts.js'
import { erasureText, eventText, stepTexts } from './life.js'
import type { RetentionColumn } from './names.js'
import { pageOf, titleOf } from './names.js'
import type { Row } from './readme.js'

const pageLink = (entity: Entity): Markdown => link(text(titleOf(entity)), pageOf(entity.name))

const keyText = ({ key }: Entity): Markdown => {
  if (key.kind === 'fields') return joined(key.fields.map(code), ', ')
  return key.kind === 'singleton' ? md`one row` : md`no key`
}

/** An entity in the table of its chapter. */
export const chapterRow = ({ entity, chapter }: EntityFacts): Row => ({
  cells: [
    pageLink(entity),
    prose(entity.summary ?? ''),
    keyText(entity),
    ...(chapter.hasGrowth ? [growthCell(entity)] : []),
  ],
})

/** An entity in the matrix of access; null when it says nothing of it. */
export const accessRow = ({ entity, matrix }: EntityFacts): Row | null =>
  entity.access.length === 0
    ? null
    : {
        cells: [
          pageLink(entity),
          ...matrix.map((actor) => text(lettersOf(entity.access.find((access) => access.actor === actor)))),
        ],
      }

const lifecycleText = ({ lifecycle }: Retention): Markdown => {
  if (lifecycle === null) return md``
  return lifecycle.kind === 'forever' ? md`kept for ever` : joined(stepTexts(lifecycle), '; ')
}

const retentionCell = (retention: Retention, column: RetentionColumn): Markdown => {
  switch (column) {
    case 'ages':
      return lifecycleText(retention)
    case 'guild':
      return retention.guildLeave === null ? md`` : eventText(retention.guildLeave)
    case 'member':
      return retention.memberLeave === null ? md`` : eventText(retention.memberLeave)
    case 'erase':
      return joined(retention.erase.map(erasureText), '; ')
    default:
      return unreachable(column)
  }
}

/** An entity in the table of retention; null when it says nothing of it. */
export const retentionRow = ({ entity, retentionColumns }: EntityFacts): Row | null => {
  const { retention } = entity
  return retention === null
    ? null
    : { cells: [pageLink(entity), ...retentionColumns.map((column) => retentionCell(retention, column))] }
}
