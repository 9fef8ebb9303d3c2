/**
 * How what an extension says is laid over what was there: it takes the place of it (`replace`), comes after it (`add`:
 * lists of rules and rows), or both are laid over each other key by key. `fields` have a way of their own.
 */
export type Treatment = 'replace' | 'add' | 'fields' | ByKey

export interface ByKey {
  readonly keys: Readonly<Record<string, Treatment>>
}

const byKey = (keys: Readonly<Record<string, Treatment>> = {}): ByKey => ({ keys })

/** What is not named here is replaced. */
export const ofDefinition: ByKey = byKey({
  fields: 'fields',
  docs: byKey({ notes: 'add', not_stored: 'add', sources: 'add' }),
  unique: 'add',
  references: 'add',
  indexes: 'add',
  examples: 'add',
  seed: 'add',
  values: 'add',
  gone: 'add',
  checks: byKey(),
  access: byKey(),
  queries: byKey(),
  lists: byKey(),
  retention: byKey({ erase: byKey() }),
  postgres: byKey({ checks: byKey() }),
  mongo: byKey(),
})

/** Groups and actors are said by several sets together. */
export const ofSet: ByKey = byKey({ groups: byKey(), actors: byKey() })
