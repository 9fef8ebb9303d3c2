/** What the systems' own retention has not: every form of clock, calendar ages, both places at once, what is kept newest. */
export const livesSet: Readonly<Record<string, string>> = {
  'botschema.yaml': 'name: lives\n',
  'lives.yaml': `
entity: visit
fields:
  guild_id: { type: snowflake(guild), key: true }
  number: { type: integer, key: true }
  day: date
  stars: integer?
  paid: decimal(12, 2)
  seen: boolean = false
  gone_on: date?
indexes:
  - [day]
retention:
  clock: day
  steps:
    - { after: 1 month, set: { seen: true, gone_on: now } }
    - { after: 1 year, archive: visits_archive }
    - after: 2 years
      delete: true
      summarise:
        into: visit_weeks
        by: [guild_id, week(day)]
        count: visits
        sum: { paid: paid, stars: stars }
        min: { fewest: stars, first: day }
        max: { dearest: paid, last: day }
examples:
  - { guild_id: "123456789012345678", number: 1, day: 2090-01-01, stars: 4, paid: "12.50" }
---
entity: line
append_only: true
fields:
  id: identity
  level: enum(debug, error)
  text: text
  at: { type: timestamp, zone: false }
indexes:
  - [at]
retention:
  clock: at
  steps:
    - { after: 1 week, where: level = 'debug', archive: lines_archive }
    - after: 6 weeks
      delete: true
      summarise: { into: line_hours, by: [level, hour(at)], count: lines }
examples:
  - { level: debug, text: It was tried., at: "2090-01-01T00:00:00Z" }
---
entity: score
fields:
  id: identity
  guild_id: snowflake(guild)?
  points: bigint
  made_at: timestamp(ms)
indexes:
  - [made_at]
  - [guild_id, made_at]
retention:
  clock: made_at
  keep_newest: { count: 2, per: [guild_id] }
  steps:
    - after: 10 seconds
      delete: true
      summarise:
        into: score_days
        by: [guild_id, day(made_at)]
        sum: { points: points }
        max: { best: points }
examples:
  - { guild_id: "123456789012345678", points: "9007199254740993", made_at: "2090-01-01T00:00:00Z" }
---
entity: note
fields:
  id: identity
  text: text
  written_at: timestamp?
indexes:
  - [written_at]
retention:
  clock: written_at
  keep_newest: 3
examples:
  - { text: It rains., written_at: "2090-01-01T00:00:00Z" }
---
entity: ticket
fields:
  id: identity
  opened_at: timestamp
  state: enum(open, closed) = open
  closed_at: timestamp?
indexes:
  - [opened_at]
  - [closed_at]
retention:
  clock: opened_at
  steps:
    - { after: 30 days, where: state = 'open', before: tell_owner, set: { state: closed, closed_at: now } }
    - { after: 60 days, before: tell_owner, archive: tickets_archive }
    - { after: 1 hour of closed_at, delete: true, before: tell_keeper }
examples:
  - { opened_at: "2090-01-01T00:00:00Z" }
---
entity: task
fields:
  id: identity
  begun_at: timestamp
  state: enum(open, idle, given_up) = open
indexes:
  - [begun_at]
retention:
  clock: begun_at
  steps:
    - { after: 30 days, where: state = 'open', set: { state: idle } }
    - { after: 90 days, set: { state: given_up } }
    - { after: 180 days, delete: true }
examples:
  - { begun_at: "2090-01-01T00:00:00Z" }
---
entity: debate
fields:
  id: identity
  spoken_at: timestamp
indexes:
  - [spoken_at]
retention:
  clock: spoken_at
  steps:
    - { after: 6 months, delete: true }
examples:
  - { spoken_at: "2090-01-01T00:00:00Z" }
---
entity: remark
fields:
  id: identity
  debate_id: { type: ref(debate), on_delete: cascade }
  said_at: timestamp
indexes:
  - [said_at]
retention:
  clock: said_at
  steps:
    - { after: 5 years, delete: true, summarise: { into: remark_years, by: [debate_id, year(said_at)], count: remarks } }
examples:
  - { debate_id: 1, said_at: "2090-01-01T00:00:00Z" }
---
entity: quotation
fields:
  id: identity
  remark_id: { type: "ref(remark)?", on_delete: set null }
  debate_id: { type: "ref(debate)?", on_delete: set null }
examples:
  - { remark_id: 1, debate_id: 1 }
`,
}
