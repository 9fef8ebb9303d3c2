import { describe, expect, it } from 'vitest'
import { compileEmitted } from '../../../generators/engines/script/compile.js'
import { known } from '../../../generators/kernel/bug.js'
import type { SchemaSet } from '../../../generators/model/schema-set.js'
import { compileTexts, printed } from '../../support/compile.js'
import { below, emitValidators, equalityTest } from '../zod/emit.js'
import { emitted, textOf } from './emitted.js'

const setOf = (yaml: string): SchemaSet => {
  const { value, diagnostics } = compileTexts({ 'club.yaml': yaml, 'levels.yaml': levels })
  expect(printed(diagnostics)).toEqual([])
  return known(value, 'the set').set
}

/** Keys that are numbers have no brand. */
const levels = `entity: level
fields:
  id: { type: integer, key: true }
---
entity: era
fields:
  id: { type: bigint, key: true }
`

/** Ids in every place where a type may stand, in objects with a New form and in ones without. */
const club = setOf(`entity: club
fields:
  id: uuid
  guild_id: snowflake(guild)
  owner: snowflake(user)?
  level_id: ref(level)
  era_id: ref(era)
  roles: list<snowflake(role)>
  badges: map<snowflake(role)>
  contact: union<boolean, snowflake(user)>
  place:
    fields:
      channel: snowflake(channel)
      founded: timestamp
      seal: bytes
      size: bigint
      extra: json
      inner:
        fields:
          threads: list<snowflake(channel)>
  greeting:
    fields:
      channel: snowflake(channel)?
      text: string(100) = Hello
`)

const uses = `
import { guildId } from './one/zod/ids.js'
import { clubPatchSchema, newClubSchema } from './one/zod/club.js'
import type { Club, ClubPatch, NewClub } from './one/typescript/club.js'
import type { ChannelId, GuildId, RoleId, UserId } from './one/typescript/ids.js'
import type { GuildId as GuildIdOfTwo } from './two/typescript/ids.js'
declare const text: string
declare const guild: GuildId
declare const user: UserId
declare const role: RoleId
declare const channel: ChannelId
const place = { channel, founded: new Date(), seal: new Uint8Array(), size: 1n, extra: [null, { a: 1 }], inner: { threads: [] } }
const club: NewClub = { guild_id: guild, level_id: 1, era_id: 1n, roles: [role], badges: {}, contact: user, place, greeting: {} }
const takesGuild = (id: GuildId): GuildId => id
`

const right = [
  'export const r1: NewClub = { ...club, id: text, guild_id: text, owner: text }',
  "export const r2: NewClub = { ...club, guild_id: '240100000000000101', owner: null }",
  'export const r3: NewClub = { ...club, roles: [text, role], badges: { a: text, b: role }, contact: text }',
  'export const r4: NewClub = { ...club, contact: true, greeting: { channel: text } }',
  'export const r5: NewClub = { ...club, place: { ...place, channel: text, inner: { threads: [text, channel] } } }',
  'export const r6: ClubPatch = { guild_id: text, roles: [text], badges: { a: text }, contact: text }',
  'export const r7: ClubPatch = { place: { ...place, channel: text }, greeting: { channel: text, text } }',
  'export const r8 = (row: Club): NewClub & ClubPatch => ({ ...row })',
  'export const r9: GuildId = newClubSchema.parse(club).guild_id',
  'export const r10: ChannelId = newClubSchema.parse(club).place.channel',
  'export const r11: GuildId | undefined = clubPatchSchema.parse({}).guild_id',
  'export const r12: GuildId = guildId.parse(text)',
  'export const r13 = takesGuild(text as GuildId)',
  'export const r14: GuildIdOfTwo = guild',
  'export const r15: ClubPatch = { level_id: 1, era_id: 1n }',
  'export const r16 = (row: Club): [number, bigint] => [row.level_id, row.era_id]',
]

const wrong = [
  'export const w1 = takesGuild(text)',
  'export const w2: NewClub = { ...club, guild_id: user }',
  'export const w3: NewClub = { ...club, owner: guild }',
  'export const w4: NewClub = { ...club, roles: [user] }',
  'export const w5: NewClub = { ...club, badges: { a: user } }',
  'export const w6: NewClub = { ...club, contact: guild }',
  'export const w7: NewClub = { ...club, place: { ...place, channel: user } }',
  'export const w8: NewClub = { ...club, place: { ...place, inner: { threads: [user] } } }',
  'export const w9: NewClub = { ...club, greeting: { channel: user } }',
  'export const w10: ClubPatch = { guild_id: user }',
  'export const w11: ClubPatch = { place: { ...place, channel: user } }',
  'export const w12: ClubPatch = { greeting: { channel: user, text } }',
  'export const w13: NewClub = { ...club, guild_id: 240100000000000101n }',
  'export const w14: NewClub = { ...club, guild_id: null }',
  'export const w15: GuildIdOfTwo = user',
  'export const w16 = (row: Club): UserId => row.guild_id',
  'export const w17: NewClub = { ...club, level_id: text }',
  'export const w18: NewClub = { ...club, era_id: 1 }',
  'export const w19: ClubPatch = { guild_id: 240100000000000101 }',
]

describe('ids that are given', () => {
  it('may be plain strings, but not those of another thing; what comes out has its brand', async () => {
    const files = await emitValidators(club)
    const lines = [...right, ...wrong]
    const findings = await compileEmitted(
      [...below('one', files), ...below('two', files), { path: 'uses.ts', text: `${uses}${lines.join('\n')}\n` }],
      'esm',
    )
    expect(findings.filter(({ path }) => path !== 'uses.ts')).toEqual([])
    const first = uses.split('\n').length
    const refused = new Set(findings.map(({ line }) => lines[line - first] ?? `line ${line}`))
    expect([...refused].filter((line) => !wrong.includes(line))).toEqual([])
    expect(wrong.filter((line) => !refused.has(line))).toEqual([])
  }, 60_000)

  it('are what the validators take, wherever they stand', async () => {
    const files = await emitValidators(club)
    expect(await compileEmitted([...files, equalityTest(club)], 'esm')).toEqual([])
  }, 60_000)

  it('say how one is made, in sets with and without validators', async () => {
    const named = (set: SchemaSet) => emitted(set).then((files) => textOf(files, 'typescript/ids.ts'))
    expect(await named(club)).toContain('`guildId.parse(text)`')
    const alone = { ...club, targets: { ...club.targets, zod: null } }
    expect(await named(alone)).toContain('`text as GuildId`')
  })
})
