import { openEmbedded } from '../../engines/postgres/embedded.js'
import { hasErrors } from '../../kernel/result.js'
import { storeExamples } from './examples-stored.js'
import { listsOnPostgres } from './lists-served.js'
import { nothingToProve, type Proof } from './proof.js'
import { queriesNotRun, runQueries } from './queries-run.js'
import { tryRawDefaults } from './raw-defaults.js'
import { runSql } from './sql-runs.js'

/** The SQL runs on a real Postgres, in an empty database; every example can be stored there and read back; every query runs. */
export const postgresHolds: Proof = {
  id: 'postgres',
  title: 'SQL runs on Postgres, examples are stored and read back, and queries run',
  prove: async (evidence, { watch }) => {
    const { set } = evidence
    if (set.targets.postgres === null)
      return { ...nothingToProve, unproved: queriesNotRun(set, 'the set emits no tables') }
    const engine = await openEmbedded()
    try {
      const ran = await runSql(evidence, engine, watch)
      if (ran.held === null)
        return { ...ran, unproved: [...ran.unproved, ...queriesNotRun(set, 'there are no tables to run them on')] }
      const defaults = await tryRawDefaults(evidence, engine, watch)
      const stored = await storeExamples(evidence, engine, watch)
      const asked = await runQueries(evidence, engine, watch)
      const lists = await listsOnPostgres(evidence, engine)
      const diagnostics = [defaults, stored, asked, lists].flatMap((each) => each.diagnostics)
      return {
        held: hasErrors(diagnostics)
          ? null
          : [ran.held, defaults.held, stored.held, asked.held, lists.held].filter(Boolean).join(', '),
        diagnostics,
        unproved: [...ran.unproved, ...stored.unproved, ...asked.unproved],
      }
    } finally {
      await engine.close()
    }
  },
}
