import type { SetChange as Change } from '../../evolution/index.js'
import { compareText } from '../../kernel/order.js'
import { anchorsOf } from '../../kernel/safe/markdown.js'
import type { Origin } from '../../model/origin.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { targets } from '../targets.js'

const headings = (text: string): readonly string[] =>
  text.split('\n').flatMap((line) => /^#{1,6} (.*)$/.exec(line)?.[1] ?? [])

/** What can be linked to in the docs of a set: its pages, and the headings in them. */
export const linksOf = async (set: SchemaSet): Promise<ReadonlySet<string>> => {
  const options = set.targets.markdown
  if (options === null) return new Set()
  const markdown = await targets.markdown()
  const texts = new Map<string, string>()
  for (const unit of markdown.units(set, options).value) {
    const parts = [...(await unit.emit()).value].sort((a, b) => a.order - b.order || compareText(a.text, b.text))
    for (const { path, text } of parts) texts.set(path, (texts.get(path) ?? '') + text)
  }
  return new Set(
    [...texts].flatMap(([path, text]) => [path, ...anchorsOf(headings(text)).map((anchor) => `${path}#${anchor}`)]),
  )
}

/** The links that lead nowhere now. A page that is gone takes its headings with it. */
export const lostLinks = (before: ReadonlySet<string>, after: ReadonlySet<string>, at: Origin): readonly Change[] =>
  [...before]
    .filter((link) => !after.has(link))
    .filter((link) => !link.includes('#') || after.has(link.slice(0, link.indexOf('#'))))
    .map((link) => ({ kind: 'removed', subject: `link ${link}`, what: '', breaks: ['links'], at }))
