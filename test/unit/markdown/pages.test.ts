import { beforeAll, describe, expect, it } from 'vitest'
import { createMarkdownTarget, type StoreAnswers } from '../../../generators/markdown/index.js'
import { supports } from '../../../generators/markdown/supports.js'
import type { SchemaSet } from '../../../generators/model/schema-set.js'
import { defaultOptions } from '../../../generators/relational/index.js'
import { origin } from '../zod/model.js'
import { community, warning } from './community.js'
import { emitted } from './emitted.js'

const mongo: StoreAnswers = {
  store: 'mongo',
  supports: { ...supports, retention: 'planned', encrypted: 'planned' },
  lossesOf: () => [
    {
      feature: 'reference',
      subject: 'warning.user_id',
      message: 'Mongo does not hold `warning.user_id`',
      because: 'It has no foreign keys.',
      origin,
    },
  ],
}

const replaced = (set: SchemaSet, name: string, parts: object): SchemaSet => ({
  ...set,
  entities: set.entities.map((entity) => (entity.name === name ? { ...entity, ...parts } : entity)),
})

/** The lines of the first table after a heading. */
const tableAfter = (page: string, heading: string): readonly string[] => {
  const lines = page.slice(page.indexOf(`${heading}\n`)).split('\n')
  const start = lines.findIndex((line) => line.startsWith('|'))
  return lines.slice(
    start,
    lines.findIndex((line, index) => index > start && !line.startsWith('|')),
  )
}

describe('the page of an entity', () => {
  let page = ''
  beforeAll(async () => {
    page = (await emitted(community, [mongo])).get('markdown/warning.md') ?? ''
  })

  it('begins with what it is', () =>
    expect(page).toMatch(
      /^# Warning\n\nA moderator's warning to a member\. · chapter \[Moderation\]\(README\.md#moderation\) · table `warnings`/,
    ))

  it('counts the growth up to where retention levels it', () =>
    expect(page).toContain(
      'When a moderator warns someone: 5-50 a day in an active guild, so about 150 to 1,500 rows after a month, then level at about 1,800 to 18,000, since rows are moved to `warnings_archive` after 365 days.',
    ))

  it('has a row for each field, with what the type does not say', () => {
    const rows = tableAfter(page, '## Fields')
    expect(rows).toHaveLength(2 + warning.fields.length)
    expect(rows).toContain('| `user_id` | [user](user.md) | no | | Goes when the user goes. *Personal.* |')
    expect(rows).toContain('| `active` | boolean | no | `true` | Whether it counts \\| still. |')
  })

  it('draws the neighbours and the life', () => {
    expect(page).toContain('```mermaid\nerDiagram\n  user ||--o{ warning : "user_id"\n```')
    expect(page).toContain('  kept --> changed_1: 90 days\n')
    expect(page).toContain('  archived --> [*]: 730 days, summarised in warning_summaries\n')
  })

  it('says what later steps do to the archive', () =>
    expect(page).toContain('1. After 730 days: deleted from `warnings_archive`'))

  it('grants what the set grants', () =>
    expect(tableAfter(page, '## Access')).toContain('| The nightly retention run | | `active` | ● |'))

  it('says what a store cannot enforce, and why', () =>
    expect(page).toContain(
      'What Mongo cannot enforce here:\n\n- Mongo does not hold `warning.user_id`. It has no foreign keys.\n',
    ))

  it('shows each store beside the other, by the names that each has', async () => {
    const targets = {
      ...community.targets,
      postgres: defaultOptions,
      mongoose: { validators: 'strict' as const, access: false },
    }
    const both = (await emitted({ ...community, targets })).get('markdown/warning.md') ?? ''
    expect(tableAfter(both, '## In each store')).toContain('| `id` | `bigint identity` | `_id`, `objectId` |')
    expect(both).toContain(
      '| Postgres | `warnings_user_id_fkey` | `user_id → users (id)` | foreign key, on delete cascade |',
    )
    expect(both).toContain('| Mongo | `idx_warnings_recent` |')
    expect(page).not.toContain('| Postgres |')
  })

  it('has no heading with nothing below it, and no empty column', async () => {
    for (const [, text] of await emitted(community)) {
      expect(text).not.toMatch(/^(#+) .*\n+(?=(?!\1#)#+ |---)/m)
      expect(text).not.toMatch(/\n{3}/)
      expect(text).toMatch(/[^\n]\n$/)
    }
    expect((await emitted(community)).get('markdown/user.md')).not.toMatch(/Life|Access|Queries|Examples|None/)
  })
})

describe('the page of a set', () => {
  it('has a chapter a group, with its picture and its entities', async () => {
    const readme = (await emitted(community, [mongo])).get('markdown/README.md') ?? ''
    expect(readme).toContain('## Core tables\n\n```mermaid\nerDiagram\n  guild\n  user\n```\n')
    expect(tableAfter(readme, '## Moderation')).toContain(
      "| [Warning](warning.md) | A moderator's warning to a member. | `id` | 5-50 a day in an active guild |",
    )
    expect(tableAfter(readme, '## Access')).toContain('| [Warning](warning.md) | C | uD |')
    expect(readme).toContain('- retention (Mongo)\n')
    expect(readme).not.toContain('encrypted')
    expect(readme).not.toContain('Touches nothing')
  })

  it('links to its own pages and copies them', async () => {
    const files = await emitted(community)
    expect(files.get('markdown/README.md')).toContain('- [Where to begin](intro.md)')
    expect(files.get('markdown/intro.md')).toBe('# Where to begin\n\nHere.\n')
  })

  it('refuses a page where another goes, whatever its case', () => {
    const pages = ['Guild.md', 'readme.md', '../x/../intro.md', 'x/intro.md'].map((path) => ({
      path,
      text: '',
      origin,
    }))
    const { diagnostics } = createMarkdownTarget([]).units({ ...community, pages }, { front_matter: 'none' })
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'the page would be Guild.md, which is already the page of the entity `guild`',
      'the page would be readme.md, which is already the page of the set',
      'the page would be x/intro.md, which is already another page of the set',
    ])
  })

  it('does without a picture that nobody could read', async () => {
    const entities = Array.from({ length: 60 }, (_, index) => ({ ...warning, name: `e${index}`, references: [] }))
    const files = await emitted({ ...community, groups: [], entities })
    expect(files.get('markdown/README.md')).toContain('Too many entities for one picture')
  })
})

describe('hostile text', () => {
  const hostile = 'x | y\n\n# z <b>{1}</b> `|` \\| --> "] ``` \u202E %% ; $&'
  const set = replaced({ ...community, title: hostile, summary: hostile }, 'warning', {
    summary: hostile,
    group: null,
    docs: {
      ...warning.docs,
      title: hostile,
      represents: hostile,
      notes: [hostile],
      grows: { when: hostile, rate: hostile },
    },
    fields: warning.fields.map((field) => ({ ...field, summary: hostile, deprecated: hostile })),
    queries: warning.queries.map((query) => ({ ...query, summary: hostile, postgres: { text: hostile, origin } })),
  })

  it('leaves every table as many cells in each row', async () => {
    for (const [, text] of await emitted(set, [mongo])) {
      const outside = text.replace(/^(`{3,})\w+\n[\s\S]*?\n\1$/gm, '')
      for (const table of outside.match(/(?:^\|.*\n)+/gm) ?? []) {
        const cells = table
          .trim()
          .split('\n')
          .map((row) => (row.match(/(?<!\\)(?:\\\\)*\|/g) ?? []).length)
        expect(new Set(cells).size).toBe(1)
      }
      expect(outside).not.toMatch(/(?<!\\)<b>|(?<![\\`])\{1\}|^# z|\u202E/m)
    }
  })

  it('is in quotes in front matter, which MDX asks for', async () => {
    const files = await emitted(set, [], { front_matter: 'docusaurus' })
    expect(files.get('markdown/warning.md')).toMatch(
      /^---\ntitle: ".*"\ndescription: ".*"\nsidebar_position: 11\n---\n\n# x \\\| y/,
    )
  })
})

describe('units', () => {
  const hashes = (set: SchemaSet): ReadonlyMap<string, string> =>
    new Map(
      createMarkdownTarget([])
        .units(set, { front_matter: 'none' })
        .value.map(({ id, hash }) => [id, hash]),
    )
  const changed = (set: SchemaSet): readonly string[] => {
    const before = hashes(community)
    return [...hashes(set)].filter(([id, hash]) => before.get(id) !== hash).map(([id]) => id)
  }

  it('change with what they show, and with nothing else', () => {
    expect(changed(replaced(community, 'warning', { summary: 'Other.' }))).toEqual(['entity warning'])
    expect(changed(replaced(community, 'user', { docs: { ...warning.docs, title: 'Person', grows: null } }))).toEqual([
      'entity user',
      'entity warning',
    ])
    expect(changed({ ...community, title: 'Other' })).toContain('set')
  })

  it('do not depend on where a thing was written', () => {
    const elsewhere = { source: { path: 'elsewhere.yaml', text: 'x' }, start: 1, end: 1 }
    expect(changed({ ...replaced(community, 'warning', { origin: elsewhere }), origin: elsewhere })).toEqual([])
  })
})
