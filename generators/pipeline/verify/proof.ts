import type { EmittedFile, EngineFinding } from '../../engines/script/emitted.js'
import type { Diagnostic } from '../../kernel/diagnostic.js'
import { type Source, type Span, span, wholeOf } from '../../kernel/source.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { join } from '../paths.js'
import type { Watch } from './watch.js'

/** What is to be proved: the outputs of a set, as it emits them and as they stand on the disk, and the set itself. */
export interface Evidence {
  readonly set: SchemaSet
  /** The set's output folder. */
  readonly output: string
  /** Relative to `output`, in code-unit order of paths. */
  readonly files: readonly EmittedFile[]
}

/** Gives what the TypeScript compiler finds in the files of a set. */
export type Compiler = (evidence: Evidence) => Promise<readonly EngineFinding[]>

/** What proofs are made with. */
export interface Means {
  readonly compiler: Compiler
  readonly watch: Watch
}

/** What a proof came to: what held, in a few words ("8 tables"), and what did not. */
export interface Proven {
  readonly held: string | null
  readonly diagnostics: readonly Diagnostic[]
  /** What could not be proved here, each as a sentence with its reason. */
  readonly unproved: readonly string[]
}

/** One thing that `verify` proves, on a real engine. */
export interface Proof {
  readonly id: string
  /** What the proof shows, for people: `DDL loads on Postgres 18`. */
  readonly title: string
  readonly prove: (evidence: Evidence, means: Means) => Promise<Proven>
}

/** `1 row`, `2 rows` */
export const counted = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : plural}`

export const nothingToProve: Proven = { held: null, diagnostics: [], unproved: [] }

const sources = new WeakMap<EmittedFile, Source>()

/** An emitted file as a source, so that a finding can show the line it is about. */
export const sourceOf = ({ output }: Evidence, file: EmittedFile): Source => {
  const known = sources.get(file) ?? { path: join(output, file.path), text: file.text }
  sources.set(file, known)
  return known
}

export const fileAt = ({ files }: Evidence, path: string): EmittedFile | undefined =>
  files.find((file) => file.path === path)

const offsetOf = (text: string, line: number, column: number): number => {
  let start = 0
  for (let passed = 1; passed < line; passed++) start = text.indexOf('\n', start) + 1
  return start + column - 1
}

/** The place of an engine's finding: from its column to the end of the word there. */
export const placeOf = (evidence: Evidence, finding: EngineFinding): Span => {
  const file = fileAt(evidence, finding.path)
  if (file === undefined) return wholeOf({ path: join(evidence.output, finding.path), text: '' })
  const start = offsetOf(file.text, finding.line, finding.column)
  const word = /^[\p{L}\p{N}_$]+/u.exec(file.text.slice(start))
  return span(sourceOf(evidence, file), start, start + (word?.[0].length ?? 1))
}
