const root = 'name: ageing\noutput: out\nstores: [mongo]\ntargets: { markdown: false, json-schema: false }\n'

/** Rows that are set, archived, counted and deleted by age. */
export const ageingFiles = {
  'botschema.yaml': root,
  'entities.yaml': `
entity: sale
fields:
  id: identity
  guild_id: snowflake(guild)?
  day: date
  price: decimal(10, 2)?
  flags: bigint = 0
  size: integer?
indexes:
  - [day]
retention:
  clock: day
  batch: 3
  steps:
    - after: 10 days
      delete: true
      summarise:
        into: sale_weeks
        by: [guild_id, week(day)]
        count: sales
        sum: { turnover: price, all_flags: flags, sizes: size }
        min: { cheapest: price, first_day: day }
        max: { dearest: price, last_day: day }
---
entity: note
append_only: true
fields:
  id: snowflake
  written_at: timestamp
  number: bigint = 5
indexes:
  - [written_at]
retention:
  clock: written_at
  batch: 2
  steps:
    - { after: 10 days, archive: notes_archive }
    - after: 20 days
      delete: true
      summarise: { into: note_months, by: [month(written_at)], count: notes, sum: { total: number } }
---
entity: span
fields:
  id: snowflake
  low: integer
  high: integer
  at: timestamp
  width: { type: bigint, generated: high - low }
checks:
  in_order: low <= high
indexes:
  - [at]
retention:
  clock: at
  steps:
    - { after: 1 day, set: { high: 10 } }
---
entity: visit
fields:
  id: snowflake
  at: timestamp
  ended_at: timestamp?
  state: string(10) = open
  price: integer?
indexes:
  - [at]
timestamps: { created: made_at, updated: changed_at }
retention:
  clock: at
  steps:
    - { after: 1 hour, where: price + price > 3 and at < now(), set: { state: closed, ended_at: now } }
`,
}

/** What points at rows that go, and at what goes with them. */
export const pointingFiles = {
  'botschema.yaml': root,
  'entities.yaml': `
entity: topic
fields:
  id: snowflake
  at: timestamp
  code: { type: string(10)?, unique: true }
indexes:
  - [at]
retention:
  clock: at
  steps:
    - { after: 1 day, delete: true }
---
entity: post
fields:
  id: snowflake
  topic_id: { ref: topic, on_delete: cascade }
  answers: { ref: post?, on_delete: cascade }
---
entity: mention
fields:
  id: snowflake
  post_id: { ref: post?, on_delete: set null }
  code: { ref: topic.code?, on_delete: set null }
  count: integer = 0
timestamps: { created: made_at, updated: changed_at }
checks:
  told: post_id is not null or count < 5
---
entity: room
fields:
  id: snowflake
  guild_id: snowflake(guild)
  parent: { ref: room?, on_delete: restrict }
retention:
  guild_leave: delete
---
entity: pin
fields:
  id: snowflake
  post_id: { ref: post, on_delete: cascade, enforced: false }
`,
}

/** Rows of which the newest stay, or which the bot sees first. */
export const keepingFiles = {
  'botschema.yaml': root,
  'entities.yaml': `
entity: award
fields:
  id: snowflake
  player: string(10)?
  at: timestamp?
indexes:
  - [at]
retention:
  clock: at
  keep_newest: { count: 2, per: [player] }
---
entity: ban
fields:
  guild_id: snowflake(guild)
  user_id: snowflake(user)
  ends_at: timestamp
  lifted: boolean = false
key: [guild_id, user_id]
indexes:
  - [ends_at]
retention:
  steps:
    - { at: ends_at, before: lift_ban, set: { lifted: true } }
    - { after: 1 day of ends_at, archive: bans_archive }
    - { after: 2 days of ends_at, before: forget_ban, delete: true }
  guild_leave: delete
  erase: { user_id: delete }
`,
}

/** What is to be done when somebody leaves or asks to be forgotten, with keys of the bot's own. */
export const leavingFiles = {
  'botschema.yaml': root,
  'leaving.yaml': `
entity: person
fields:
  id: identity
  discord_id: { type: snowflake(user), unique: true }
  name: string(20)
retention:
  erase: { discord_id: delete }
---
entity: server
fields:
  id: snowflake(guild)
  active: boolean = true
  left_at: timestamp?
  members: { type: list<snowflake(user)>, default: [] }
  owner:
    fields:
      user: snowflake(user)
      since: timestamp?
retention:
  guild_leave: { set: { active: false, left_at: now } }
  erase: { members: { keep: The server says who is in it. }, owner: { keep: Somebody owns it. } }
---
entity: letter
fields:
  id: identity
  server_id: ref(server)
  writer: { ref: person, on_delete: cascade }
  reader: { ref: person?, on_delete: set null }
  copies: { type: "list<ref(person)>", enforced: false, default: [] }
  answers: { ref: letter?, on_delete: set null }
  written_at: timestamp
indexes:
  - [written_at]
retention:
  clock: written_at
  steps:
    - { after: 10 days, archive: letters_archive }
    - after: 20 days
      delete: true
      summarise: { into: letter_counts, by: [server_id], count: letters }
  guild_leave: delete
  erase: { writer: delete, reader: "null", copies: { keep: Copies are told to all. } }
`,
}
