import { isMap, isScalar, isSeq, type Node, type ParsedNode, parseDocument } from 'yaml'
import type { Diagnostic } from '../../generators/kernel/diagnostic.js'
import { generateSet } from '../../generators/pipeline/generate.js'
import type { Host } from '../../generators/pipeline/host.js'
import { memoryHost } from '../../generators/pipeline/memory-host.js'
import { validateSet } from '../../generators/pipeline/validate.js'

export type Files = Readonly<Record<string, string>>

export const hostOf = (files: Files): Host => memoryHost(new Map(Object.entries(files)))

export const findingsIn = async (files: Files): Promise<readonly Diagnostic[]> =>
  (await validateSet(hostOf(files), '.', new Map())).diagnostics

/** What is emitted of a set, by path below its output folder; the host is left with all of it. */
export const emittedOf = async (
  files: Files,
): Promise<{ readonly host: Host; readonly outputs: ReadonlyMap<string, string> }> => {
  const world = new Map(Object.entries(files))
  const host = memoryHost(world)
  const { diagnostics, outcome } = await generateSet(host, '.', new Map(), { dryRun: false, force: false })
  if (outcome === null) throw new Error(diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n'))
  const prefix = `${outcome.output}/`
  const outputs = [...world].filter(([path]) => path.startsWith(prefix))
  return { host, outputs: new Map(outputs.map(([path, text]) => [path.slice(prefix.length), text])) }
}

const holds = (node: Node | null | undefined, offset: number): boolean => {
  const [start = 0, end = 0] = (node as ParsedNode | undefined)?.range ?? []
  return offset >= start && offset <= end
}

/** The keys that lead to a place of a YAML text: `docs.grows.when`. */
export const pathAt = (text: string, offset: number): string => {
  const walk = (node: Node | null): readonly string[] => {
    if (isMap<ParsedNode, ParsedNode | null>(node)) {
      const pair = node.items.find(({ key, value }) => holds(key, offset) || holds(value, offset))
      if (pair === undefined) return []
      return [isScalar(pair.key) ? String(pair.key.value) : '', ...walk(pair.value)]
    }
    if (!isSeq<ParsedNode>(node)) return []
    const index = node.items.findIndex((item) => holds(item, offset))
    return index === -1 ? [] : [String(index), ...walk(node.items[index] ?? null)]
  }
  return walk(parseDocument(text).contents).join('.')
}
