import { describe, expect, test } from 'vitest'
import { compileTexts, printed } from '../../support/compile.js'

/** A set without a finding. Each line can be mistaken by itself. */
const base = `entity: user
summary: A person.
fields:
  id: snowflake
retention: { keep: forever, because: Known., erase: { id: delete } }
---
entity: guild
summary: A guild.
fields:
  id: snowflake
---
entity: warning
summary: A warning of a moderator.
table: warnings
key: [id]
fields:
  id: uuid
  guild_id: ref(guild)
  user_id: { type: ref(user), on_delete: cascade }
  reason: string(200)?
  severity: enum(low, high) = low
  points: { type: integer = 1, min: 0, max: 10 }
  score: decimal(6, 2)?
  settings: { fields: { loud: boolean = true }, default: {} }
  tags: { type: list<string(20)>, max_items: 5, default: [] }
  locale: { type: string(20) = en, pattern: "^[a-z]+$" }
  active: boolean = true
  state: string(20) = open
  twice: { type: integer, generated: points + points }
  created_at: timestamp = now
  expires_at: timestamp?
unique:
  - [guild_id, user_id, created_at]
  - { fields: [reason], where: active = true }
indexes:
  - [user_id, guild_id]
  - { fields: [created_at desc], where: state = 'open' }
  - [created_at]
  - ["lower(locale)"]
checks:
  ordered: expires_at is null or expires_at > created_at
  some: points >= 0 and state <> 'none'
retention:
  clock: created_at
  steps:
    - { after: 90 days, set: { active: false } }
    - { after: 200 days, archive: warnings_archive }
    - { after: 400 days, where: state = 'open', delete: true }
  guild_leave: delete
  erase:
    user_id: delete
access:
  moderation: [create, read]
queries:
  newest:
    summary: The newest.
    params: { user: user_id, most: { type: integer } }
    returns: many
    columns: [id, reason]
    postgres: SELECT id, reason FROM warnings WHERE user_id = :user LIMIT :most
examples:
  - { guild_id: "1", user_id: "2", reason: Spam, score: "1.50" }
`

/** Mistakes that have nothing to do with each other, by what each changes. */
const mistakes: Readonly<Record<string, readonly [string, string]>> = {
  'a misspelt type': ['  reason: string(200)?', '  reason: strng(200)?'],
  'a type of another language': ['  active: boolean = true', '  active: boolean default true'],
  'a type that cannot be read': ['  score: decimal(6, 2)?', '  score: decimal(6, 2'],
  'a misspelt key of a field': ['max_items: 5', 'max_itms: 5'],
  'a key that no field has': ['pattern: "^[a-z]+$"', 'required: true'],
  'a misspelt key that says the type': ['{ type: integer, generated', '{ typ: integer, generated'],
  'a limit that is no number': ['min: 0', 'min: none'],
  'a default that the type refuses': ['severity: enum(low, high) = low', 'severity: enum(low, high) = midle'],
  'a misspelt entity': ['guild_id: ref(guild)', 'guild_id: ref(gild)'],
  'a misspelt action': ['on_delete: cascade', 'on_delete: cascad'],
  'an inner type that is misspelt': ['{ loud: boolean = true }', '{ loud: boolen = true }'],
  'a computed field that cannot be read': ['generated: points + points', 'generated: points +'],
  'a misspelt field of a unique': ['[guild_id, user_id, created_at]', '[guild_id, usr_id, created_at]'],
  'a condition of a unique': ['where: active = true }\nindexes', 'where: active = }\nindexes'],
  'a misspelt field of an index': ['[user_id, guild_id]', '[user_id, gild_id]'],
  'a condition of an index': ["where: state = 'open' }\n  - [", "where: stat = 'open' }\n  - ["],
  'an expression of an index': ['lower(locale)', 'lowr(locale)'],
  'a check that cannot be read': ['expires_at > created_at', 'expires_at >'],
  'a check of other types': ['points >= 0', "points >= 'many'"],
  'a misspelt field of a step': ['set: { active: false }', 'set: { actve: false }'],
  'an age that cannot be read': ['after: 200 days', 'after: 200 dayz'],
  'steps in the wrong order': ['after: 400 days', 'after: 100 days'],
  'a condition of a step': ["where: state = 'open', delete", "where: stte = 'open', delete"],
  'a misspelt clock': ['clock: created_at', 'clock: creatd_at'],
  'a misspelt erasure': ['    user_id: delete', '    usr_id: delete'],
  'a word of no event': ['guild_leave: delete', 'guild_leave: delte'],
  'a misspelt actor': ['moderation: [create, read]', 'moderatin: [create, read]'],
  'a misspelt operation': ['[create, read]', '[creat, read]'],
  'a misspelt parameter': ['user: user_id,', 'user: usr_id,'],
  'a misspelt column of a query': ['columns: [id, reason]', 'columns: [id, reasn]'],
  'a misspelt key of the entity': ['table: warnings\n', 'tabel: warnings\n'],
  'a value of an example': ['score: "1.50"', 'score: much'],
  'a misspelt field of an example': ['reason: Spam', 'reson: Spam'],
  'a misspelt key of a query': ['returns: many', 'retuns: many'],
  'a misspelt field of the key': ['key: [id]', 'key: [idd]'],
  'a misspelt key of the retention': ['  guild_leave: delete', '  guild_leav: delete'],
  'a rule that contradicts itself': ['  guild_leave: delete', '  guild_leave: { keep: Why., set: { active: false } }'],
  'a misspelt key of an erasure': ['  erase:\n', '  eras:\n'],
  'a misspelt key of a step': ["where: state = 'open', delete", "were: state = 'open', delete"],
  'a misspelt key of an index': ["where: state = 'open' }\n  - [", "were: state = 'open' }\n  - ["],
  'a misspelt set of fields': ['unique:\n', 'uniqe:\n'],
  'a key of another entity': ['summary: A person.', 'sumary: A person.'],
}

const mistaken = (names: readonly string[]): string =>
  names.reduce((text, name) => {
    const [right, wrong] = mistakes[name] ?? ['', '']
    expect(text.split(right), name).toHaveLength(2)
    return text.replace(right, () => wrong)
  }, base)

/** Findings by their line and code: columns move where two mistakes share a line. */
const findings = (text: string): readonly string[] =>
  printed(
    compileTexts({
      'botschema.yaml': 'name: sample\nactors: { moderation: Moderators }\nstores: [postgres]\n',
      'a.yaml': text,
    }).diagnostics,
  ).map((line) => line.replace(/^(\S+?):(\d+):\d+ (\S+) .*$/s, '$1:$2 $3'))

const names = Object.keys(mistakes)
const alone = new Map(names.map((name) => [name, findings(mistaken([name]))]))

/** Pairs about one thing, where the second cannot be judged until the first is mended. */
const dependent: ReadonlySet<string> = new Set([
  'a type that cannot be read + a value of an example',
  'a misspelt action + a misspelt erasure',
  'an age that cannot be read + steps in the wrong order',
  'a misspelt field of a unique + a misspelt set of fields',
  'a condition of a unique + a misspelt set of fields',
  'steps in the wrong order + a misspelt key of a step',
  'a misspelt erasure + a misspelt key of an erasure',
])

const overlap = (a: string, b: string): boolean => {
  const [first = '', second = ''] = [mistakes[a]?.[0], mistakes[b]?.[0]]
  const [start, other] = [base.indexOf(first), base.indexOf(second)]
  return start < other + second.length && other < start + first.length
}

describe('what a mistake hides', () => {
  test('the set without mistakes has no finding, and each mistake has one', () => {
    expect(findings(base)).toEqual([])
    for (const name of names) expect(alone.get(name), name).toHaveLength(1)
  })

  test.each(names)('%s hides no other mistake, and adds none', (name) => {
    for (const other of names.slice(names.indexOf(name) + 1)) {
      if (overlap(name, other) || dependent.has(`${name} + ${other}`)) continue
      const wanted = new Set([...(alone.get(name) ?? []), ...(alone.get(other) ?? [])])
      expect(new Set(findings(mistaken([name, other]))), `${name} + ${other}`).toEqual(wanted)
    }
  })
})
