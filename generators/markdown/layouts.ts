import { readFile } from 'node:fs/promises'
import type { EntityPage } from './page.js'
import type { ChapterEntities, ChapterHead, Footer, Row, Section, SetHead } from './readme.js'

/** The layouts of `templates/markdown/`, each with what it prints. */
interface Views {
  readonly entity: EntityPage
  readonly set: SetHead
  readonly chapter: ChapterHead
  readonly 'chapter-entities': ChapterEntities
  readonly section: Section
  readonly row: Row
  readonly footer: Footer
}

export type Layouts = { readonly [Name in keyof Views]: (view: Views[Name]) => string }

const layoutNames = ['entity', 'set', 'chapter', 'chapter-entities', 'section', 'row', 'footer'] as const
const partialNames = ['front-matter', 'table', 'row', 'part'] as const

/**
 * The one place outside `cli/` that reads files: the layouts are a part of this package, as its code is, not of the user's
 * folder. The path is the same from `generators/markdown/` and from `dist/markdown/`.
 */
const readLayout = (name: string): Promise<string> =>
  readFile(new URL(`../../templates/markdown/${name}.hbs`, import.meta.url), 'utf8')

const compileLayouts = async (): Promise<Layouts> => {
  const { default: Handlebars } = await import('handlebars')
  const engine = Handlebars.create()
  for (const name of partialNames) engine.registerPartial(name, await readLayout(name))
  // The views are safe Markdown already (`kernel/safe/markdown.ts`); HTML's escapes would show in code spans.
  const compile = async (name: string) =>
    engine.compile(await readLayout(name), { noEscape: true, knownHelpersOnly: true, data: false, strict: true })
  const compiled = await Promise.all(layoutNames.map(async (name) => [name, await compile(name)] as const))
  return Object.fromEntries(compiled) as Layouts
}

let layouts: Promise<Layouts> | undefined

/** The layouts, read and compiled when a page is first printed. */
export const loadLayouts = (): Promise<Layouts> => {
  layouts ??= compileLayouts()
  return layouts
}
