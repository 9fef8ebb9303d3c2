import { unreachable } from '../kernel/bug.js'
import { expressionText } from '../model/expression-text.js'
import { type Act, ageWords, type KeptNewest } from '../model/lifecycle.js'
import type { StepAction } from '../model/retention.js'

const isPlain = (value: unknown): value is string | number | boolean | null =>
  value === null || typeof value !== 'object'

/** What a step or an event sets. All words of pictures are plain text, which is made safe where it is drawn. */
export const setLabel = ({ values }: Pick<Extract<StepAction, { kind: 'set' }>, 'values'>): string =>
  values
    .map(({ field, value }) => `${field} = ${isPlain(value) ? String(value) : 'now' in Object(value) ? 'now' : '…'}`)
    .join(', ')

const newestLabel = ({ count, per }: KeptNewest): string =>
  `the newest ${count}${per.length === 0 ? '' : ` of each ${per.join(', ')}`}`

/** When an act is due. `clock`: what ages count from unless they say otherwise. */
export const dueLabel = ({ due, keptNewest }: Act, clock: string | null): string => {
  switch (due.kind) {
    case 'at':
      return `at ${due.field}`
    case 'after':
      return due.of === clock ? ageWords(due.age) : `${ageWords(due.age)} after ${due.of}`
    case 'surplus':
      return keptNewest === null ? 'no more' : `not among ${newestLabel(keptNewest)}`
    default:
      return unreachable(due)
  }
}

/** What an act asks of a row beside its age, what comes before it and what is left behind. */
export const termsOf = ({ where, due, keptNewest, before, summarise }: Act): readonly string[] => [
  ...(where === null ? [] : [`where ${expressionText(where)}`]),
  ...(keptNewest === null || due.kind === 'surplus' ? [] : [`but for ${newestLabel(keptNewest)}`]),
  ...(before === null ? [] : [`after ${before}`]),
  ...(summarise === null ? [] : [`summarised in ${summarise.into}`]),
]
