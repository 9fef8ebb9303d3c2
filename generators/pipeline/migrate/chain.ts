import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { sha256 } from '../../kernel/hash.js'
import { wholeOf } from '../../kernel/source.js'
import { decode } from '../../language/index.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { Host } from '../host.js'
import { isRefused, readModel } from '../model-file/read.js'
import { join } from '../paths.js'
import { sqlFiles } from './print.js'
import { type ReadPlan, readPlan } from './read.js'

/** A plan in its folder, with the model that it ends at. */
export interface ChainedPlan extends ReadPlan {
  /** `0002-add-levels` */
  readonly folder: string
  readonly end: SchemaSet
}

/** The plans of a set, each after the one that it follows on. */
export interface Chain {
  readonly plans: readonly ChainedPlan[]
  readonly diagnostics: readonly Diagnostic[]
}

export const planFile = 'plan.yaml'
export const endFile = 'to.json'

const planFolder = /^\d{4}-[a-z0-9]+(?:-[a-z0-9]+)*$/

/** Git may write other line ends into a checkout; what is applied stands in plan.yaml, which escapes those within a value. */
const withPlainLines = (text: string): string => text.replaceAll('\r\n', '\n')

const textOf = (host: Host, path: string): string | null => {
  const bytes = host.files.read(path)
  if (bytes === null) return null
  const decoded = decode(path, bytes)
  return 'text' in decoded ? withPlainLines(decoded.text) : null
}

const readFolder = (host: Host, base: string, folder: string): ChainedPlan | Diagnostic => {
  const place = join(base, folder)
  const source = { path: join(place, planFile), text: textOf(host, join(place, planFile)) ?? '' }
  const read = readPlan(source)
  if ('code' in read) return read
  const path = join(place, endFile)
  const model = textOf(host, path)
  if (model === null || sha256(model) !== read.plan.to)
    return report('plan-edited', read.at, { what: `\`${endFile}\`` })
  for (const [name, text] of sqlFiles(read.plan)) {
    if (textOf(host, join(place, name)) !== withPlainLines(text))
      return report('plan-edited', read.at, { what: `\`${name}\`` })
  }
  const end = readModel(path, model)
  if (isRefused(end)) return report('plan-refused', wholeOf({ path, text: '' }), { problem: end.problem })
  return { ...read, folder, end }
}

/** Each plan after its parent. What no line of parents leads to is told. */
const inOrder = (plans: readonly ChainedPlan[]): Chain => {
  const known = new Set(plans.map(({ hash }) => hash))
  const strays = plans.filter(({ plan }) => plan.parent !== null && !known.has(plan.parent))
  const diagnostics = strays.map(({ at, folder }) => report('plan-without-parent', at, { plan: folder }))
  const ordered: ChainedPlan[] = []
  for (let parent: string | null = null; ; ) {
    const next: readonly ChainedPlan[] = plans.filter(({ plan }) => plan.parent === parent)
    const [first, second] = next
    if (first === undefined) break
    if (second !== undefined) {
      const heads = next.map(({ folder }) => folder)
      return { plans: ordered, diagnostics: [...diagnostics, report('plan-two-heads', second.at, { plans: heads })] }
    }
    ordered.push(first)
    parent = first.hash
  }
  return { plans: ordered, diagnostics }
}

/** Reads the plans of a set out of their folder. A checkout is a stranger's: nothing in it is run before it is whole. */
export const readChain = (host: Host, base: string): Chain => {
  const folders = host.files
    .list(base)
    .filter(({ kind, name }) => kind === 'folder' && planFolder.test(name))
    .map(({ name }) => name)
  const read = folders.map((folder) => readFolder(host, base, folder))
  const refused = read.filter((one) => 'code' in one)
  const { diagnostics, plans } = inOrder(read.filter((one) => 'plan' in one))
  // A plan that cannot be read is missing to those after it, which is no finding of theirs.
  return { plans, diagnostics: refused.length > 0 ? refused : diagnostics }
}
