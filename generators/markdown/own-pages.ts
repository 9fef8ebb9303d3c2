import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { type Result, withDiagnostics } from '../kernel/result.js'
import type { Page, SchemaSet } from '../model/schema-set.js'
import { pageOf } from './names.js'
import { caseless, type SetPages } from './pages.js'

/** A page of the user's own, with its place beside README.md. */
export interface OwnPage {
  readonly title: string
  readonly path: string
  readonly text: string
}

/** A path inside the docs' folder, whatever the page's own path leads out of. */
const insidePath = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/')

const baseName = (path: string): string => (path.split('/').at(-1) ?? path).replace(/\.mdx?$/, '')

/** A page is called by its first heading, or else by its file. */
const titleOf = ({ path, text }: Page): string => /^#[ \t]+(.+?)[ \t#]*$/m.exec(text)?.[1] ?? baseName(path)

/** The set's own pages; one whose file is made already, or is README.md, is a diagnostic and left out. */
export const ownPages = (set: SchemaSet, { retention, protection }: SetPages): Result<readonly OwnPage[]> => {
  const taken = new Map([
    ['readme.md', 'the page of the set'],
    ...(retention === null ? [] : [[retention.path, 'the page on retention'] as const]),
    ...(protection === null ? [] : [[protection, 'the page on data protection'] as const]),
    ...set.entities.map(({ name }) => [caseless(pageOf(name)), `the page of the entity \`${name}\``] as const),
  ])
  const pages: OwnPage[] = []
  const diagnostics: Diagnostic[] = []
  for (const page of set.pages) {
    const path = insidePath(page.path)
    const by = taken.get(caseless(path))
    if (by === undefined) pages.push({ title: titleOf(page), path, text: page.text })
    else diagnostics.push(report('page-name-taken', page.origin, { path, by }))
    taken.set(caseless(path), 'another page of the set')
  }
  return withDiagnostics(pages, diagnostics)
}

/** An entity whose page would be README.md where case is ignored. */
export const clashesWithReadme = (set: SchemaSet): readonly Diagnostic[] =>
  set.entities
    .filter(({ name }) => caseless(pageOf(name)) === 'readme.md')
    .map(({ name, origin }) =>
      report('page-name-taken', origin, { path: pageOf(name), by: 'the page of the set, README.md' }),
    )
