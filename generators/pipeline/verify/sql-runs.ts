import { embeddedExtensions, type PostgresEngine } from '../../engines/postgres/embedded.js'
import type { EmittedFile } from '../../engines/script/emitted.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { span, wholeOf } from '../../kernel/source.js'
import { type Evidence, fileAt, nothingToProve, type Proven, sourceOf } from './proof.js'

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

const runs = async (evidence: Evidence, engine: PostgresEngine, file: EmittedFile): Promise<readonly Diagnostic[]> => {
  try {
    await engine.exec(file.text)
    return []
  } catch (failure) {
    return [refusal(evidence, file, failure)]
  }
}

/** Runs schema.sql, then seed.sql where there is one, in an empty database; leaves the database as they made it. */
export const runSql = async (evidence: Evidence, engine: PostgresEngine): Promise<Proven> => {
  const schema = fileAt(evidence, 'postgres/schema.sql')
  if (schema === undefined) return nothingToProve
  const extension = missingExtension(schema.text)
  if (extension !== null) {
    const reason = `schema.sql was not run: it needs the extension ${extension}, which the embedded Postgres has not`
    return { held: null, diagnostics: [], unproved: [reason] }
  }
  const seed = fileAt(evidence, 'postgres/seed.sql')
  const refused = await runs(evidence, engine, schema)
  const diagnostics = refused.length > 0 || seed === undefined ? refused : await runs(evidence, engine, seed)
  return {
    held: diagnostics.length > 0 ? null : seed === undefined ? 'schema.sql' : 'schema.sql and seed.sql',
    diagnostics,
    unproved: [],
  }
}
