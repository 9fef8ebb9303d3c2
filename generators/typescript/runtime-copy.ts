import { readdir, readFile } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compareText } from '../kernel/order.js'
import { lineComment } from '../kernel/safe/typescript.js'
import type { ImportEnding } from '../model/options.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Store } from '../model/store.js'
import type { OutputPart } from '../model/target.js'
import { header } from '../script/names.js'

/** The folders of the runtime that are about one store; all others are about both. */
const storeFolders: Readonly<Record<string, Store>> = { postgres: 'postgres', mongo: 'mongo', mongoose: 'mongo' }

/** Where the sources of the runtime are: in the package of the compiler, since a bot in production has no need of them. */
export const runtimeSources = (): string => fileURLToPath(new URL('../../runtime/src', import.meta.url))

const isOf = ({ stores }: SchemaSet, path: string): boolean => {
  const store = storeFolders[path.split('/')[0] ?? '']
  return store === undefined || stores.includes(store)
}

/** A relative specifier after `from` or `import`, as the formatter leaves it in the sources of the runtime. */
const relativeSpecifier = /(?<=\b(?:from|import) '\.\.?\/[^']*)\.js(?=')/g

/** A source whose relative imports end as asked. */
const sourceWith = (source: string, imports: ImportEnding): string =>
  imports === 'js' ? source : source.replace(relativeSpecifier, '.ts')

/**
 * `runtime/`: the sources of the runtime, of the stores that a set has, as they are but for the first line and, where
 * asked, for how their relative imports end.
 */
export const runtimeCopy = async (set: SchemaSet, imports: ImportEnding): Promise<readonly OutputPart[]> => {
  const folder = runtimeSources()
  const paths = (await readdir(folder, { recursive: true }))
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.ts') && isOf(set, path))
    .sort(compareText)
  return Promise.all(
    paths.map(async (path) => ({
      path: `runtime/${path}`,
      order: 0,
      text: `${lineComment(header(set.name))}\n\n${sourceWith(await readFile(join(folder, path), 'utf8'), imports)}`,
    })),
  )
}
