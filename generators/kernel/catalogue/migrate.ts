import { error } from './entry.js'

const listed = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ')

/** What a hazard means for whoever accepts it. */
const hazards: Readonly<Record<string, string>> = {
  'data-loss': 'what is stored there is lost',
  'old-code-breaks': 'code that was built before does not work after it',
  rewrite: 'the table is written anew while nobody can read it',
  scan: 'all rows are read while nobody can read the table',
  'blocks-writes': 'nobody can write to the table while an index is built',
}

/** What `migrate` finds in plans, and in databases that they are for. */
export const migrateCatalogue = {
  'plan-name': error<{ name: string }>({
    message: ({ name }) => `\`${name}\` cannot be the name of a plan`,
    help: () => 'use small letters, digits and single dashes, such as `add-levels`',
    explanation:
      'The name of a plan becomes the name of its folder: small letters and digits, with single dashes between them, at most 60 characters.',
  }),
  'plan-no-recipe': error<{ what: string; reason: string }>({
    message: ({ reason, what }) => `no plan can be made for ${what}: ${reason}`,
    help: () =>
      'make the change in parts: add what is wanted beside it, plan and apply that, copy the values, and remove the old with `gone:` in a later plan',
    explanation:
      'A plan is made of changes that are known to be safe, each with its own recipe. For this change there is none, so no plan is written: a wrong one would lose rows or end in another schema. A required field without a default has nothing to give to rows that are there: give it a default, or make it nullable. A change of a key, of the form of a table, of the keys inside stored JSON, or of stored enum values has to be made in parts.',
  }),
  'plan-not-proved': error<{ step: string | null; problem: string }>({
    message: ({ problem, step }) =>
      step === null ? `the plan fails: ${problem}` : `the step \`${step}\` fails: ${problem}`,
    help: () => 'make the edit in smaller parts, and plan each of them',
    explanation:
      'Every plan is done on the embedded Postgres before it is written: over rows of the earlier set, step by step, back where it has a way back, until the schema is that of a fresh database, no row is lost and the new validators accept each. This one failed, so it was not written.',
  }),
  'plan-not-held': error<{ reason: string }>({
    message: ({ reason }) => `plans cannot be proved here: ${reason}`,
    help: () => null,
    explanation:
      'Plans are made and proved on the embedded Postgres, which has to hold the schema for it. It has no pgvector, for example.',
  }),
  'plan-refused': error<{ problem: string }>({
    message: ({ problem }) => `the plan cannot be read: ${problem}`,
    help: () => 'take the file from the commit in which it was added, or remove the folder and plan again',
    explanation:
      'A plan is data that `migrate plan` writes. Only `because` below `accept` is for people to fill in. What is no plan is not applied, in part or whole.',
  }),
  'plan-edited': error<{ what: string }>({
    message: ({ what }) => `${what} was edited after it was planned`,
    help: () =>
      'take it from the commit in which it was added, or remove the folder and run `botschema migrate plan` again',
    explanation:
      'The hash of a plan covers all that it does, its SQL files and the model at its end. What was proved is what is applied: an edited plan was never proved. Reasons below `accept` are no part of the hash.',
  }),
  'plan-without-parent': error<{ plan: string }>({
    message: ({ plan }) => `the plan \`${plan}\` follows on a plan that is not there`,
    help: () => 'add the folder of the plan before it, or remove this one and plan again',
    explanation:
      'Each plan names the hash of the one before it. The plan that this one follows on is missing, or was edited.',
  }),
  'plan-two-heads': error<{ plans: readonly string[] }>({
    message: ({ plans }) => `${listed(plans)} follow on the same plan`,
    help: () => 'keep the one that is applied somewhere, remove the other, and run `botschema migrate plan` again',
    explanation:
      'Two branches planned from the same point. Which of both plans comes first nobody can tell from the files, and either was proved on a schema without the other. Remove one and plan again: the new plan follows on the other.',
  }),
  'plan-behind': error<{ plan: string | null }>({
    message: ({ plan }) =>
      plan === null ? 'there is no plan for this set' : `the set was changed since the plan \`${plan}\``,
    help: () => 'run `botschema migrate plan NAME`',
    explanation:
      'The last plan ends in another schema than the set describes, so that a database to which all plans are applied lacks what the set has.',
  }),
  'plan-hazard': error<{ hazard: string; step: string }>({
    message: ({ hazard, step }) => `nobody accepted that ${hazards[hazard] ?? hazard}: \`${step}\``,
    help: () => 'read the step, and write into `because` why it is fine',
    explanation:
      'A plan lists what may hurt in it, as it was observed. Each hazard has to be accepted by somebody, with a reason, below `accept` in plan.yaml: `because: the notes were moved to the log`. A plan with a hazard that nobody accepted is not applied.',
  }),
  'database-not-adopted': error<{ tables: number; schema: string }>({
    message: ({ schema, tables }) =>
      `the schema \`${schema}\` has ${tables} of the set's tables, and no plan was ever applied to it`,
    help: () => 'run `botschema migrate baseline --postgres` once to adopt the database as it is',
    explanation:
      'The database was made without plans, by its `schema.sql` for example. `migrate baseline` compares it with the set, and where there is no drift records that it is where the plans end.',
  }),
  'database-elsewhere': error<{ plan: string; differences: readonly string[]; more: number }>({
    message: ({ differences, more, plan }) =>
      `the database is not where the plan \`${plan}\` begins: ${differences.join('; ')}${more === 0 ? '' : `; and ${more} more`}`,
    help: () =>
      'bring the database to where the plan begins; `botschema drift` at the earlier commit shows what mends it',
    explanation:
      'A plan was proved on the schema that it begins with. The database differs from that, so nobody knows what the plan would do to it. Nothing was applied.',
  }),
  'database-drifted': error<{ differences: readonly string[]; more: number }>({
    message: ({ differences, more }) =>
      `the database is not as the plans end: ${differences.join('; ')}${more === 0 ? '' : `; and ${more} more`}`,
    help: () => 'run `botschema drift --postgres` to see what mends it; adopt the database when there is no drift',
    explanation:
      'A database is adopted as it is only where it is what the last plan ends at: later plans are proved on that. Nothing was recorded.',
  }),
  'database-unknown-model': error<{ set: string }>({
    message: ({ set }) => `the database holds a state of \`${set}\` that no plan here leads to or from`,
    help: () => 'check out the commit whose plans were applied to it, or one after it',
    explanation:
      'The ledger in the database, `botschema.ledger`, says which model it is at. No plan of this checkout begins or ends there: it is older than what was applied, or of another branch.',
  }),
  'migrate-busy': error({
    message: () => 'somebody else is applying plans to this database',
    help: () => 'wait until they are done, or give more time with `--wait 5m`',
    explanation:
      'Plans are applied under a lock of the database, so that two of them never run at once. It is free as soon as the other session ends, however it ends.',
  }),
  'migrate-pooled': error({
    message: () => 'the connection goes through a pooler, which gives each statement another session',
    help: () => 'use the address of the database itself, not that of the pooler',
    explanation:
      'The lock under which plans are applied belongs to a session. A pooler in transaction mode may give each statement another one, so that the lock protects nothing and stays behind.',
  }),
  'migrate-rows-in-the-way': error<{ step: string; count: number; words: string; table: string }>({
    message: ({ count, step, table, words }) =>
      `${count} ${count === 1 ? 'row' : 'rows'} of ${table} ${words} ${count === 1 ? 'is' : 'are'} in the way of \`${step}\``,
    help: () => 'change or delete these rows, and run `botschema migrate apply` again: it goes on from here',
    explanation:
      'A step looks before it begins for rows that it cannot be done over: rows that a new check refuses, that share what becomes unique, that have no value where one becomes required. What comes before the step is done and stays so.',
  }),
  'migrate-locked-out': error<{ step: string }>({
    message: ({ step }) => `\`${step}\` did not get its lock: others use the table without a pause`,
    help: () =>
      'end the long transaction that holds it, or give more time with `--wait 10m`; run it again: it goes on from here',
    explanation:
      'A step that waits for its lock makes everybody after it wait as well, so it waits two seconds, steps back and tries again, until the time of `--wait` is over. Nothing of the step is done.',
  }),
  'migrate-failed': error<{ step: string; reason: string }>({
    message: ({ reason, step }) => `\`${step}\` failed: ${reason}`,
    help: () => 'mend what it says, and run `botschema migrate apply` again: it goes on from here',
    explanation:
      'The database refused a step. What comes before it is done and recorded; nothing of it is, or what it left is cleared away at the next try.',
  }),
}
