import { readFile } from 'node:fs/promises'
import type { Sql } from '../kernel/safe/sql.js'

/** The skeletons of `templates/postgres/`, each with what it prints. All of it is SQL already: nothing is escaped there. */
interface Views {
  readonly 'set-updated': { readonly create: Sql; readonly name: Sql; readonly column: Sql; readonly now: Sql }
  readonly 'refuse-change': { readonly create: Sql; readonly name: Sql }
  readonly 'refuse-append-only': { readonly create: Sql; readonly name: Sql }
  readonly 'next-number': NextNumberView
  readonly 'make-partitions': MakePartitionsView
  readonly 'refuse-difference': Readonly<Record<never, never>>
  readonly retire: RetireView
  readonly 'retire-rows': RetireRowsView
  readonly 'retire-partitions': RetirePartitionsView
  readonly 'due-rows': DueRowsView
}

interface ActsView<ActView> {
  readonly name: Sql
  /** Null where the database has no comments. */
  readonly comment: Sql | null
  /** Declarations, without semicolons. */
  readonly variables: readonly Sql[]
  readonly acts: readonly ActView[]
}

interface ActView {
  readonly title: Sql
  readonly index: number
}

interface DoneActView extends ActView {
  readonly find: Sql
  readonly act: Sql
  /** The function that drops partitions that are due for the act, or null. */
  readonly drop: Sql | null
}

export interface RetireView extends ActsView<DoneActView> {
  readonly batch: number
  readonly appendOnly: boolean
  /** The moment that the run is as of. */
  readonly until: Sql
}

export interface RetireRowsView extends ActsView<DoneActView> {
  readonly appendOnly: boolean
}

export interface DueRowsView extends ActsView<ActView & { readonly oldest: Sql; readonly rows: Sql }> {}

export interface RetirePartitionsView {
  readonly name: Sql
  /** Null where the database has no comments. */
  readonly comment: Sql | null
  readonly variables: readonly Sql[]
  readonly table: Sql
  readonly tableText: Sql
  readonly boundType: Sql
  readonly moment: Sql
  /** Rows for which the partition stays; null where there are none such. */
  readonly waiting: Sql | null
  /** The rows that go with it; null where there are none. */
  readonly counted: Sql | null
}

export interface NextNumberView {
  readonly create: Sql
  readonly name: Sql
  readonly table: Sql
  readonly column: Sql
  readonly counter: Sql
  readonly parents: Sql
  readonly newParents: Sql
  /** The condition that a row of the table, called `numbered`, has the new row's parents. */
  readonly alike: Sql
}

/** Texts ending in `Text` stand inside a string that `format` reads. */
export interface MakePartitionsView {
  readonly create: Sql
  readonly name: Sql
  readonly table: Sql
  readonly ahead: number
  readonly period: Sql
  readonly prefix: Sql
  readonly suffix: Sql
  readonly low: Sql
  readonly high: Sql
  readonly schemaText: Sql
  readonly tableText: Sql
  readonly defaultText: Sql
  readonly columnText: Sql
  readonly columnsText: Sql
  /** The trigger that refuses to empty a partition of what is append-only, and its function. */
  readonly truncateText: Sql
  readonly refuseText: Sql
  readonly appendOnly: boolean
  readonly incoming: readonly { readonly drop: Sql; readonly add: Sql }[]
}

export type LayoutName = keyof Views

type Layout = (view: unknown) => string

const compiled = new Map<LayoutName, Promise<Layout>>()

/**
 * Beside `cli/`, the rooms of targets read files of this package: layouts are part of it as its code is, not of the
 * user's folder. The path is the same from `generators/postgres/` and from `dist/postgres/`.
 */
const compile = async (name: LayoutName): Promise<Layout> => {
  const [{ default: Handlebars }, text] = await Promise.all([
    import('handlebars'),
    readFile(new URL(`../../templates/postgres/${name}.sql.hbs`, import.meta.url), 'utf8'),
  ])
  return Handlebars.compile(text, { noEscape: true, knownHelpersOnly: true, strict: true })
}

const layout = (name: LayoutName): Promise<Layout> => {
  const found = compiled.get(name) ?? compile(name)
  compiled.set(name, found)
  return found
}

/** A dollar quote that is not in what it quotes. */
const quoteFor = (view: object): string => {
  const text = JSON.stringify(view)
  let quote = '$$'
  for (let attempt = 1; text.includes(quote); attempt++) quote = `$body${attempt}$`
  return quote
}

/** A skeleton of `templates/postgres/` with what it prints. */
export const render = async <Name extends LayoutName>(name: Name, view: Views[Name]): Promise<Sql> =>
  (await layout(name))({ ...view, quote: quoteFor(view) }).trimEnd() as Sql
