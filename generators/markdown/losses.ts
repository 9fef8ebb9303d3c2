import { atLineStart, code, joined, type Markdown, md, prose, sentence, text } from '../kernel/safe/markdown.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Store } from '../model/store.js'
import type { Loss, Target } from '../model/target.js'
import { groupBy } from './group-by.js'
import { storeNames } from './holding.js'

/** A store as the docs hear of it: what its target promises, and what of this very set the store cannot hold to. */
export interface StoreAnswers {
  readonly store: Store
  readonly supports: Target['supports']
  readonly lossesOf: (set: SchemaSet) => readonly Loss[]
}

/** The words of a loss, without where it was written. */
export interface StoreLoss extends Omit<Loss, 'origin'> {
  readonly store: Store
}

export const lossesOfSet = (set: SchemaSet, answers: readonly StoreAnswers[]): readonly StoreLoss[] =>
  answers
    .filter(({ store }) => set.stores.includes(store))
    .flatMap(({ store, lossesOf }) =>
      lossesOf(set).map(({ feature, subject, message, because }) => ({ store, feature, subject, message, because })),
    )

/** The names that a loss may have for its subject beside `entity.field`, each with the entity it belongs to. */
export const ownNames = (set: SchemaSet): ReadonlyMap<string, string> =>
  new Map(
    set.entities.flatMap(({ name, table, collection, indexes, uniques, checks }) =>
      [table, collection, ...[...indexes, ...uniques, ...checks].flatMap((part) => part.name ?? [])].map(
        (own) => [own, name] as const,
      ),
    ),
  )

/** What a loss is about: `warning` of `warning.user_id`, and of an index of its own. */
export const ownerOf = ({ subject }: StoreLoss, names: ReadonlyMap<string, string>): string =>
  names.get(subject) ?? /^[^.( ]+/.exec(subject)?.[0] ?? subject

/** What one store cannot enforce: a line for each reason, with all that it is the reason of. */
export interface LossView {
  readonly store: Markdown
  readonly lines: readonly Markdown[]
}

/** What is the same of several fields is said once. */
const lossLine = (losses: readonly [StoreLoss, ...StoreLoss[]]): Markdown => {
  const messages = new Set(losses.map(({ message }) => message))
  return joined(
    [...messages, losses[0].because].map((text) => sentence(prose(text))),
    ' ',
  )
}

/** The losses of an entity, store by store. */
export const lossViews = (losses: readonly StoreLoss[]): readonly LossView[] =>
  groupBy(losses, ({ store }) => store).map((group) => ({
    store: text(storeNames[group[0].store]),
    lines: groupBy(group, ({ because }) => because).map((same) => atLineStart(lossLine(same))),
  }))

/** As many subjects as a reader takes in; the pages have the rest. */
const namedSubjects = 12

const subjectsText = (losses: readonly StoreLoss[]): Markdown => {
  const named = joined(
    losses.slice(0, namedSubjects).map(({ subject }) => code(subject)),
    ', ',
  )
  return losses.length > namedSubjects ? md`${named} and ${losses.length - namedSubjects} more` : named
}

/** The losses of a whole set: each reason with where it holds. */
export const lossSummary = (losses: readonly StoreLoss[]): readonly Markdown[] =>
  groupBy(losses, (loss) => `${loss.store} ${loss.feature} ${loss.because}`).map((group) =>
    joined(
      [
        md`**${text(storeNames[group[0].store])}, ${text(group[0].feature.replace(/-/g, ' '))}.**`,
        sentence(prose(group[0].because)),
        md`This is so of ${subjectsText(group)}.`,
      ],
      ' ',
    ),
  )
