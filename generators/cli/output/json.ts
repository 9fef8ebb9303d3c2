import { toJson } from '../../kernel/diagnostic.js'
import { exitCodeOf, exitCodes, type Report } from '../report.js'

/**
 * One JSON document, `ok` where the exit code is 0; paths are relative to the current folder.
 *
 * - all commands: `{ ok, diagnostics: [{ code, severity, message, file, line, column, endLine, endColumn, help, related }] }`
 * - `generate`: `sets: [{ folder, name, output, files, written, removed }]`, written and removed relative to `output`
 * - `check`: `sets: [{ folder, name, output, files }]`, `differences: [{ file, diff }]`
 * - `validate`: `sets: [{ folder, name, output, entities, objects, enums, losses, planned }]`
 * - `verify`: `sets: [{ folder, name, output, proofs: [{ id, title, held, findings, unproved }], conformance }]`; `conformance` is null
 *   without `--conformance`, else `{ runs, seed, entities, rows, types: [{ type, judges: [{ judge, accepted, refused }] }],
 *   excused: [{ rule, reason, count }], disagreements: [{ entity, field, change, row, verdicts: [{ judge, verdict, words }] }] }`
 * - `retention plan`: `sets: [{ folder, name, at, due: [{ entity, step, action, from, into, due, hook, rows, oldest, indexed }] }]`
 * - `retention run`: `sets: [{ folder, name, at, retired, withoutHook, hookFailures, finished }]`, with `--every` a document a run
 * - `init`: `set: { folder, name, output, stores, module, imports, modules: [{ name, summary, brings }], copied }`, `written`,
 *   `changed` and `kept`: paths; `written` and `changed` are what would be with `--dry-run`
 * - `explain`: `code, severity, explanation`, or `codes` without an argument
 */
export const printJson = (report: Report): string => {
  const { diagnostics, data } = report
  const ok = exitCodeOf(report) === exitCodes.fine
  return `${JSON.stringify({ ok, diagnostics: diagnostics.map(toJson), ...data }, null, 2)}\n`
}
