import { openEmbedded } from '../../engines/postgres/embedded.js'
import { storeExamples } from './examples-stored.js'
import { nothingToProve, type Proof } from './proof.js'
import { runSql } from './sql-runs.js'

/** The SQL runs on a real Postgres, in an empty database, and every example can be stored there and read back. */
export const postgresHolds: Proof = {
  id: 'postgres',
  title: 'SQL runs on Postgres, and examples are stored and read back',
  prove: async (evidence) => {
    if (evidence.set.targets.postgres === null) return nothingToProve
    const engine = await openEmbedded()
    try {
      const ran = await runSql(evidence, engine)
      if (ran.held === null) return ran
      const stored = await storeExamples(evidence, engine)
      return {
        held: stored.diagnostics.length > 0 ? null : [ran.held, stored.held].filter(Boolean).join(', '),
        diagnostics: stored.diagnostics,
        unproved: [...ran.unproved, ...stored.unproved],
      }
    } finally {
      await engine.close()
    }
  },
}
