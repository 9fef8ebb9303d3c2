/** A set that both stores keep: what its entities have between them is what data access has to carry. */
export const scenarioFiles: Readonly<Record<string, string>> = {
  'botschema.yaml': 'name: scenario\noutput: out\ntargets: { markdown: false, json-schema: false }\n',
  'guild.yaml': `
entity: guild
fields:
  id: snowflake
  name: { type: string(40), unique: true }
  locale: { type: string(5) = en, immutable: true }
  flags: { type: bitfield, default: 0 }
  settings:
    default: {}
    fields:
      enabled: boolean = true
      rolesAdmin: { type: list<snowflake(role)>, default: [], code: adminRoles }
      greeting?: text?
      opened_at?: timestamp?
  extra: { type: json, default: {} }
  tags: { type: list<string(20)>, default: [] }
  counters: { type: map<integer>, default: {} }
  rolesMod: { type: list<snowflake(role)>, default: [], code: moderatorRoles }
timestamps: { created: made_at, updated: changed_at }
`,
  'member.yaml': `
entity: member
fields:
  guild_id: { type: ref(guild), key: true, on_delete: cascade }
  user_id: { type: snowflake(user), key: true }
  nickname: string(32)?
  number: integer = next(guild_id)
  points: { type: long = 0, min: 0 }
  doubled: { type: long, generated: points + points }
  balance: { type: "decimal(12, 2) = 0.00" }
  rank: enum(new, regular, host) = new
  birthday: date?
  wakes_at: time?
  pause: { type: duration(minutes)?, as: interval }
  cooldown: duration(seconds) = 30
  joined_at: timestamp = now
  seen_at: timestamp(ms)?
  naive_at: { type: timestamp?, zone: false }
unique:
  - [guild_id, number]
  - { fields: [guild_id, nickname], where: nickname is not null }
indexes:
  - [guild_id, points desc]
  - { fields: [guild_id, joined_at], where: rank = 'host' }
retention: { erase: { user_id: { keep: The scenario counts them. } } }
checks:
  host_has_points: rank <> 'host' or points > 0
lists:
  present:
    summary: Those who are seldom seen, by when.
    by: [guild_id]
    where: rank in ('new', 'host')
    order: [seen_at desc, points]
  by_nickname: { by: [guild_id, rank], order: [nickname], index: false }
  all: { order: [joined_at desc] }
queries:
  richest:
    summary: The members of a guild with the most points.
    params: { guild: guild_id, most: { type: integer } }
    returns: many
    columns: [user_id, points, joined_at]
    postgres: |
      SELECT user_id, points, joined_at FROM members
      WHERE guild_id = :guild ORDER BY points DESC, user_id LIMIT :most
    mongo: { find: { guild_id: ":guild" }, sort: { points: -1, user_id: 1 }, limit: ":most", projection: { _id: 0, user_id: 1, points: 1, joined_at: 1 } }
`,
  'warning.yaml': `
entity: warning
fields:
  id: identity
  guild_id: ref(guild)
  user_id: snowflake(user)
  reason: text?
  severity: { type: smallint = 1, values: { 1: Low, 2: High } }
  created_at: timestamp = now
  expires_at: timestamp?
indexes:
  - [guild_id, created_at]
lists:
  expiring: { by: [user_id], where: expires_at is not null, order: [expires_at, reason desc] }
  saying: { by: [reason] }
retention: { erase: { user_id: { keep: The scenario counts them. } } }
checks:
  expiry_after_creation: expires_at is null or expires_at > created_at
`,
  'memory.yaml': `
entity: memory
fields:
  id: uuid
  guild_id: snowflake(guild)?
  topic: string(80)
  body: { type: text, min_length: 1 }
  about: { type: "union<integer, text>?" }
  moods: { type: list<enum>, values: [glad, sad], default: [] }
  picture: { type: bytes?, max_length: 1024 }
  weights: { type: vector(3)?, as: "real[]" }
  prices: { type: "list<decimal(20, 4)>", default: [] }
  seen: { type: list<timestamp>, default: [] }
  size: bigint?
unique:
  - { fields: [guild_id, topic], nulls: not distinct }
`,
  'ticket.yaml': `
entity: ticket
fields:
  id: snowflake
  owner: snowflake(role)
  active: boolean = false
  note: text?
  opened: timestamp?
unique:
  - { fields: [owner], where: active = true }
  - { fields: [owner, note], where: opened is not null }
`,
  'tally.yaml': `
entity: tally
fields:
  id: snowflake
  gained: integer = 0
  lost: integer = 0
  total: { type: integer, generated: gained - lost }
`,
  'note.yaml': `
entity: note
fields:
  id: uuid
  guild_id: snowflake(guild)
  author_id: snowflake(user)
  text: string(200)
  at: timestamp = now
indexes: [at]
retention:
  clock: at
  steps: [{ after: 30 days, delete: true }]
  guild_leave: delete
  member_leave: delete
  erase: { author_id: delete }
`,
  'rest.yaml': `
entity: club_state
singleton: true
fields:
  version: integer = 1
  note: text?
---
entity: event
append_only: true
fields:
  id: objectid
  kind: string(20)
  at: timestamp
indexes:
  - [kind, at]
---
entity: vote
key: none
retention: { erase: { user_id: { keep: The scenario counts them. } } }
fields:
  user_id: snowflake(user)
  weight: integer = 1
---
entity: vault
fields:
  id: snowflake
  label: string(20)
  token: { type: text, encrypted: { with: pgcrypto, key: VAULT_SECRET } }
`,
}
