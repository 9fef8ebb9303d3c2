import { describe, expect, it } from 'vitest'
import { emitted, setOf, viewOf } from '../../support/schema-sql.js'

const account = (field: string): string => `
entity: account
fields:
  id: identity
  secret: ${field}
`

const extensionsOf = (field: string, root?: string): readonly string[] =>
  viewOf(setOf(account(field), root)).schema.extensions.map(({ name }) => name)

describe('extensions', () => {
  it('come with what needs them', () => {
    expect(extensionsOf('text')).toEqual([])
    expect(extensionsOf('text\nindexes: [{ fields: [secret gin_trgm_ops], using: gin }]')).toEqual(['pg_trgm'])
    expect(extensionsOf('{ type: text?, encrypted: { with: pgcrypto, key: SECRET } }')).toEqual(['pgcrypto'])
  })

  it('do not come with a field that Postgres does not keep', () => {
    const field = '{ type: text?, encrypted: { with: pgcrypto, key: SECRET }, stores: [mongo] }'
    expect(extensionsOf(field, 'name: sample\n')).toEqual([])
  })

  it('stand first in the script', async () => {
    const sql = await emitted(setOf(account('{ type: text?, encrypted: { with: pgcrypto, key: SECRET } }')))
    expect(sql).toMatch(/^-- .*\n\n-- Extensions -+\n\nCREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA public;\n/)
  })
})
