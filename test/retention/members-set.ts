/** What the systems' own events have not: people in lists and objects, texts of nobody's own, and rows that hang on others. */
export const membersSet: Readonly<Record<string, string>> = {
  'botschema.yaml': 'name: members\n',
  'members.yaml': `
entity: user
fields:
  id: identity
  discord_id: { type: snowflake(user), unique: true }
  name: { type: text, personal: true }
retention:
  erase: { discord_id: delete }
examples:
  - { discord_id: "987654321098765432", name: Alice }
---
entity: guild
fields:
  id: identity
  discord_id: { type: snowflake(guild), unique: true }
  left_at: timestamp?
  quiet: boolean = false
retention:
  guild_leave: { set: { left_at: now, quiet: true } }
examples:
  - { discord_id: "123456789012345678" }
---
entity: member
key: [guild_id, user_id]
fields:
  guild_id: { type: ref(guild), on_delete: cascade }
  user_id: { type: ref(user), on_delete: cascade }
  nick: { type: text?, personal: true }
retention:
  guild_leave: delete
  member_leave: delete
  erase: { user_id: delete }
examples:
  - { guild_id: 1, user_id: 1, nick: Al }
---
entity: badge
fields:
  id: identity
  guild_id: ref(guild)
  user_id: ref(user)
  label: text
references:
  - { fields: [guild_id, user_id], to: member, on_delete: cascade }
retention:
  erase: { user_id: delete }
examples:
  - { guild_id: 1, user_id: 1, label: Helper }
---
entity: badge_note
fields:
  id: identity
  badge_id: { type: "ref(badge)?", on_delete: set null }
  text: text
examples:
  - { badge_id: 1, text: Well deserved. }
---
entity: party
fields:
  id: identity
  guests: { type: "list<snowflake(user)>?" }
  host:
    fields:
      id: snowflake(user)
      since: integer = 1
retention:
  erase:
    guests: "null"
    host: delete
examples:
  - { guests: ["987654321098765432"], host: { id: "987654321098765432", since: 3 } }
---
entity: diary
fields:
  id: identity
  user_id: { type: "ref(user)?", on_delete: set null }
  friend_id: { type: "snowflake(user)?" }
  text: { type: text?, personal: true }
  written_at: timestamp = now
indexes:
  - [written_at]
retention:
  clock: written_at
  steps:
    - { after: 10 days, archive: diaries_archive }
    - after: 20 days
      delete: true
  erase: { user_id: "null", friend_id: "null", text: "null" }
examples:
  - { user_id: 1, text: Dear diary, friend_id: "987654321098765432" }
---
entity: ping
fields:
  id: identity
  user_id: snowflake(user)
  guild_id: snowflake(guild)?
  at: timestamp
indexes:
  - [at]
retention:
  clock: at
  steps:
    - { after: 2 weeks, archive: pings_archive }
    - { after: 4 weeks, delete: true, summarise: { into: ping_days, by: [user_id, guild_id, day(at)], count: pings } }
  guild_leave: delete
  member_leave: { set: { guild_id: null } }
  erase: { user_id: delete }
examples:
  - { user_id: "987654321098765432", guild_id: "123456789012345678", at: "2025-01-01T00:00:00Z" }
---
entity: verdict
append_only: true
fields:
  id: identity
  judge_id: snowflake(user)
  user_id: snowflake(user)
  guild_id: snowflake(guild)
  given_at: timestamp
indexes:
  - [given_at]
retention:
  clock: given_at
  steps:
    - { after: 3 weeks, archive: verdicts_archive }
  guild_leave: { keep: Judgments outlive the guild. }
  member_leave: { keep: Judgments outlive the stay. }
  erase:
    user_id: { keep: It was said in public. }
    judge_id: { keep: Judges answer for what they say. }
examples:
  - { judge_id: "887654321098765432", user_id: "987654321098765432", guild_id: "123456789012345678", given_at: "2025-01-01T00:00:00Z" }
`,
}
