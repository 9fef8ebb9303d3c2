/** What calls are written with, whatever the store: `access` is its functions, `db` what they are given first. */
export const head = `
import type { GuildId, UserId, WarningId } from './typescript/ids.js'
import type { Guild, Member, Warning } from './typescript/index.js'
declare const guild: GuildId
declare const user: UserId
declare const warning: WarningId
declare const text: string
const member = { guild_id: guild, user_id: user }
const takesGuild = (id: GuildId): GuildId => id
`

/** What a user may write. */
export const right: readonly string[] = [
  'const found: Promise<Warning | null> = access.getWarning(db, warning)',
  'const one: Promise<Guild | null> = access.getGuildByName(db, "name")',
  'const both: Promise<Member | null> = access.getMemberByGuildIdAndNickname(db, { guild_id: guild, nickname: "x" })',
  'const keyed: Promise<Member | null> = access.getMember(db, member)',
  'const many: Promise<Member[]> = access.insertMembers(db, [member])',
  'access.listMembersByGuildIdAndPoints(db)',
  'access.listMembersByGuildIdAndPoints(db, {})',
  'access.listMembersByGuildIdAndPoints(db, { limit: 1 })',
  'access.listMembersByGuildIdAndPoints(db, { limit: 1, where: undefined, after: undefined })',
  'access.listMembersByGuildIdAndPoints(db, { limit: 1, where: {} })',
  'access.listMembersByGuildIdAndPoints(db, { limit: 1, where: { guild_id: guild } })',
  'access.listMembersByGuildIdAndPoints(db, { limit: 1, where: { guild_id: guild, points: 1 } })',
  'access.getMemoryByGuildIdAndTopic(db, { guild_id: null, topic: "x" })',
  'access.updateWarning(db, warning, { reason: null })',
  'access.updateClubState(db, { version: 1 })',
  'const richest: Promise<{ points: number }[]> = access.membersRichest(db, { guild, most: 1 })',
  'const token: Promise<string> = access.getVaultToken(db, { VAULT_SECRET: "x" }, user as never)',
  'access.getWarning(db, "1").then((row) => row && takesGuild(row.guild_id))',
  'access.getMember(db, { guild_id: text, user_id: "240100000000000101" })',
  'access.getMemberByGuildIdAndNickname(db, { guild_id: text, nickname: "x" })',
  'access.insertMembers(db, [{ guild_id: text, user_id: text }])',
  'access.upsertMember(db, { guild_id: "240100000000000101", user_id: user })',
  'access.updateWarning(db, text, { guild_id: text })',
  'access.deleteWarning(db, text)',
  'access.listMembersByGuildIdAndPoints(db, { where: { guild_id: text } })',
  'access.membersRichest(db, { guild: text, most: 1 }).then((rows) => rows.map((row): UserId => row.user_id))',
  'access.forgetUser(db, text)',
  'access.listWarnings(db, { limit: 1 }).then(({ next }) => access.listWarnings(db, { limit: 1, after: next }))',
]

/** What must not compile. */
export const wrong: readonly string[] = [
  'access.getWarning(db, user)',
  'access.getWarning(db, { id: warning })',
  'access.getMember(db, guild)',
  'access.getMember(db, { guild_id: guild })',
  'access.getMember(db, { guild_id: user, user_id: guild })',
  'access.getMemberByGuildIdAndNickname(db, { guild_id: guild, nickname: null })',
  'access.listMembersByGuildIdAndPoints(db, { limit: "1" })',
  'access.listMembersByGuildIdAndPoints(db, { limit: 1, after: "text" })',
  'access.listMembersByGuildIdAndPoints(db, { limit: 1, where: { points: 1 } })',
  'access.listMembersByGuildIdAndPoints(db, { limit: 1, where: { user_id: user } })',
  'access.listMembersByGuildIdAndPoints(db, { limit: 1, where: { guild_id: user } })',
  'access.listWarnings(db, { limit: 1, where: {} })',
  'access.updateWarning(db, warning, { id: warning })',
  'access.updateGuild(db, guild, { locale: "de" })',
  'access.updateMember(db, member, { doubled: 1 })',
  'access.insertWarning(db, { id: warning, guild_id: guild, user_id: user })',
  'access.insertWarning(db, { guild_id: guild })',
  'access.updateEvent',
  'access.deleteVote',
  'access.insertVault(db, { id: user, label: "x", token: "y" })',
  'access.membersRichest(db, { guild, most: "1" })',
  'takesGuild(text)',
  'access.insertMembers(db, [{ guild_id: user, user_id: text }])',
  'access.updateWarning(db, warning, { guild_id: user })',
  'access.deleteWarning(db, guild)',
  'access.membersRichest(db, { guild: user, most: 1 })',
  'access.forgetUser(db, guild)',
  'access.getMember(db, { guild_id: 240100000000000101n, user_id: text })',
]
