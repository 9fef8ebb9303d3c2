import { embeddedExtensions, type PostgresEngine } from '../../engines/postgres/embedded.js'
import type { EmittedFile } from '../../engines/script/emitted.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { span, wholeOf } from '../../kernel/source.js'
import { type Evidence, fileAt, nothingToProve, type Proven, sourceOf } from './proof.js'
import { runRetentionSql } from './retention-runs.js'
import type { Watch } from './watch.js'

/** The error of a server that refused a statement: `position` counts characters of what was sent, from 1. */
interface ServerError {
  readonly message: string
  readonly position?: string
}

/** An extension that the embedded engine does not have, by the statement that asks for it. */
export const missingExtension = (sql: string): string | null => {
  const wanted = [...sql.matchAll(/^CREATE EXTENSION (?:IF NOT EXISTS )?"?(\w+)"?/gm)].map(([, name]) => name ?? '')
  return wanted.find((name) => !embeddedExtensions.includes(name)) ?? null
}

const refusal = (evidence: Evidence, file: EmittedFile, failure: unknown): Diagnostic => {
  const { message, position } = failure as ServerError
  const source = sourceOf(evidence, file)
  if (position === undefined) return report('ddl-refused', wholeOf(source), { message })
  const start = [...file.text].slice(0, Number(position) - 1).join('').length
  return report('ddl-refused', span(source, start, start + 1), { message })
}

/** How many characters of a file may take the time of one query: a file of a thousand tables takes longer than one of ten. */
const charactersPerLimit = 50_000

const runs = async (
  evidence: Evidence,
  engine: PostgresEngine,
  file: EmittedFile,
  watch: Watch,
): Promise<readonly Diagnostic[]> => {
  const step = {
    key: `${evidence.output} ${file.path}`,
    what: file.path,
    at: wholeOf(sourceOf(evidence, file)),
    share: Math.ceil(file.text.length / charactersPerLimit),
  }
  const run = async (): Promise<readonly Diagnostic[]> => {
    try {
      await engine.exec(file.text)
      return []
    } catch (failure) {
      return [refusal(evidence, file, failure)]
    }
  }
  return watch.step(step, run, (finding) => [finding])
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`

/** Runs files until one is refused. */
const runAll = async (
  evidence: Evidence,
  engine: PostgresEngine,
  files: readonly EmittedFile[],
  watch: Watch,
): Promise<readonly Diagnostic[]> => {
  for (const file of files) {
    const refused = await runs(evidence, engine, file, watch)
    if (refused.length > 0) return refused
  }
  return []
}

/**
 * Runs schema.sql, then retention.sql and seed.sql where there are such, in an empty database; leaves the database as they
 * made it.
 */
export const runSql = async (evidence: Evidence, engine: PostgresEngine, watch: Watch): Promise<Proven> => {
  const schema = fileAt(evidence, 'postgres/schema.sql')
  if (schema === undefined) return nothingToProve
  const extension = missingExtension(schema.text)
  if (extension !== null) {
    const reason = `schema.sql was not run: it needs the extension ${extension}, which the embedded Postgres has not`
    return { held: null, diagnostics: [], unproved: [reason] }
  }
  const files = ['retention.sql', 'seed.sql'].flatMap((name) => fileAt(evidence, `postgres/${name}`) ?? [])
  const [retention] = files.filter(({ path }) => path === 'postgres/retention.sql')
  const made = await runAll(evidence, engine, [schema, ...(retention === undefined ? [] : [retention])], watch)
  const called = made.length > 0 ? nothingToProve : await runRetentionSql(evidence, engine, watch)
  const before = [...made, ...called.diagnostics]
  const others = files.filter((file) => file !== retention)
  const diagnostics = before.length > 0 ? before : await runAll(evidence, engine, others, watch)
  const names = [schema, ...files].map(({ path }) => path.slice('postgres/'.length))
  return { held: diagnostics.length > 0 ? null : listed(names), diagnostics, unproved: called.unproved }
}
