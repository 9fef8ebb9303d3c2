import { refusals } from './refusals.js'

/** An emitted function, its database given already. */
export type Call = (name: string, ...given: readonly unknown[]) => Promise<unknown>

/** What a call gave, as it can be compared between stores. */
export interface Outcome {
  readonly call: string
  /** What not every server has. */
  readonly needs?: 'partial'
  readonly gives?: unknown
  readonly throws?: unknown
}

type Row = Readonly<Record<string, unknown>>

const now: ReadonlySet<string> = new Set(['made_at', 'changed_at'])

/** Values without what each store makes in its own way: ids by the order they appeared in, the time of now as such. */
const comparable = (value: unknown, made: readonly string[]): unknown => {
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uint8Array) return `bytes ${[...value].join(' ')}`
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'string') return made.includes(value) ? `made ${made.indexOf(value) + 1}` : value
  if (Array.isArray(value)) return value.map((item) => comparable(item, made))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, now.has(key) && inner instanceof Date ? 'now' : comparable(inner, made)]),
  )
}

const problemOf = (failure: unknown): unknown => {
  const { name, problem, entity, fields, rule, issues, message } = failure as Error & Row
  if (Array.isArray(issues)) return { name, entity, function: (failure as Row)['function'], message }
  if (name === 'ConstraintError') return { name, problem, entity, fields, rule }
  return { name }
}

const [guild, otherGuild] = ['100000000000000001', '100000000000000002']
const users = ['200000000000000001', '200000000000000002', '200000000000000003'] as const
/** Text that means something to SQL, JSON, JavaScript or MongoDB. */
const strange = `日本語 \u{1f600} "quoted" \\ $1 \${x}`
const at = (minute: number): Date => new Date(Date.UTC(2024, 4, 1, 12, minute, 0, 123))

/**
 * One script of calls for every store.
 *
 * @param lacks what the server has not; calls about that are left out
 * @returns what each call gave, the same whatever the store
 */
export const scenario = async (call: Call, lacks: 'partial' | null = null): Promise<readonly Outcome[]> => {
  const outcomes: Outcome[] = []
  const made: string[] = []
  const run = async (name: string, ...given: readonly unknown[]): Promise<Row> => {
    try {
      const gives = await call(name, ...given)
      outcomes.push({ call: name, gives: comparable(gives, made) })
      return (gives ?? {}) as Row
    } catch (failure) {
      outcomes.push({ call: name, throws: problemOf(failure) })
      return {}
    }
  }
  /** The key that the store made for a row, which outcomes then have by its number. */
  const making = async (name: string, row: Row): Promise<unknown> => {
    const stored = (await call(name, row)) as Row & { readonly id: string }
    made.push(stored.id)
    outcomes.push({ call: name, gives: comparable(stored, made) })
    return stored.id
  }
  /** All pages of a list. */
  const walking = async (name: string, options: Row): Promise<void> => {
    let after: unknown = null
    do {
      after = (await run(name, { ...options, after }))['next']
      const last = outcomes.at(-1)
      if (last?.gives !== undefined)
        outcomes[outcomes.length - 1] = { ...last, gives: { ...(last.gives as Row), next: after !== null } }
    } while (typeof after === 'string')
  }

  await guilds(run)
  await members(run, walking)
  if (lacks !== 'partial') {
    const before = outcomes.length
    await nicknames(run)
    await tickets(run)
    outcomes.push(...outcomes.splice(before).map((outcome) => ({ ...outcome, needs: 'partial' }) as const))
  }
  await warnings(run, making, walking)
  await memories(run, making)
  await others(run, making, walking)
  await tallies(run)
  await refusals(run)
  return outcomes
}

type Run = (name: string, ...given: readonly unknown[]) => Promise<Row>
type Making = (name: string, row: Row) => Promise<unknown>
type Walking = (name: string, options: Row) => Promise<void>

const guilds = async (run: Run): Promise<void> => {
  await run('getGuild', guild)
  await run('insertGuild', { id: guild, name: "Bobby'; DROP TABLE guilds; --" })
  await run('insertGuild', { id: guild, name: 'again' })
  await run('insertGuild', { id: otherGuild, name: "Bobby'; DROP TABLE guilds; --" })
  await run('insertGuild', { id: 'no id', name: 'x' })
  await run('insertGuild', {
    id: otherGuild,
    name: strange,
    flags: 9007199254740993n,
    settings: { enabled: false, adminRoles: [users[0]], opened_at: at(0) },
    extra: 'a bare string',
    tags: ['a,b', '{"c"}', 'NULL', ''],
    counters: { 'a b': 1, ü: 2 },
    moderatorRoles: [users[1]],
  })
  await run('getGuildByName', strange)
  await run('getGuildByName', 'nobody')
  for (const extra of [[], [1, null, 'x'], 12, true, { a: { b: [] } }, '"', '12']) {
    await run('updateGuild', guild, { extra })
    await run('getGuild', guild)
  }
  await run('updateGuild', guild, {})
  await run('updateGuild', guild, { name: 'first', moderatorRoles: [users[2]], flags: -1n })
  await run('updateGuild', guild, { unknown: 1 })
  await run('updateGuild', '999', { name: 'none' })
  await run('upsertGuild', { id: guild, name: 'renamed', locale: 'de', tags: ['x'] })
  await run('upsertGuild', { id: guild, name: 'renamed' })
  await run('upsertGuildByName', { id: '100000000000000009', name: 'renamed', flags: 4n })
  await run('upsertGuild', { id: '100000000000000003', name: 'third' })
  await run('deleteGuild', '100000000000000003')
  await run('deleteGuild', '100000000000000003')
  await run('listGuilds', { limit: 10 })
}

const members = async (run: Run, walking: Walking): Promise<void> => {
  const [first, second, third] = users
  await run('insertMember', { guild_id: guild, user_id: first, nickname: 'Ann', points: 5, joined_at: at(1) })
  await run('insertMembers', [
    {
      guild_id: guild,
      user_id: second,
      points: 5,
      joined_at: at(2),
      birthday: '2001-02-28',
      wakes_at: '06:30:00',
      pause: 90,
    },
    {
      guild_id: guild,
      user_id: third,
      points: 7,
      joined_at: at(2),
      balance: '12345678.90',
      seen_at: at(3),
      naive_at: at(4),
    },
    { guild_id: otherGuild, user_id: first, points: 4503599627370495, joined_at: at(1), rank: 'host', number: 7 },
    { guild_id: otherGuild, user_id: second, joined_at: at(5), cooldown: 0 },
  ])
  await run('insertMembers', [])
  await run('insertMembers', [
    { guild_id: guild, user_id: '200000000000000009', joined_at: at(1) },
    { guild_id: guild, user_id: first, joined_at: at(1) },
  ])
  await run('getMember', { guild_id: guild, user_id: '200000000000000009' })
  await run('getMember', { guild_id: guild, user_id: third })
  await run('getMemberByGuildIdAndNumber', { guild_id: otherGuild, number: 7 })
  await run('getMemberByGuildIdAndNickname', { guild_id: guild, nickname: 'Ann' })
  await run('updateMember', { guild_id: guild, user_id: second }, { rank: 'host', points: 0 })
  await run('updateMember', { guild_id: guild, user_id: second }, { pause: null, naive_at: at(9), points: 6 })
  await run('upsertMember', { guild_id: guild, user_id: second, points: 8, joined_at: at(8) })
  await run('upsertMember', { guild_id: guild, user_id: second, points: -1 })
  await walking('listMembers', { limit: 2 })
  await walking('listMembers', { limit: 1, where: { guild_id: guild } })
  await walking('listMembersByGuildIdAndPoints', { limit: 1, where: { guild_id: guild } })
  await walking('listMembersByGuildIdAndPoints', { limit: 2 })
  await walking('listMembersByGuildIdAndJoinedAtWhereRank', { limit: 2 })
  await run('listMembers', { limit: 0 })
  await run('listMembers', { limit: 1, after: 'rubbish' })
  await run('membersRichest', { guild, most: 2 })
  await run('deleteMember', { guild_id: guild, user_id: third })
}

/** A unique that is about some rows only. */
const nicknames = async (run: Run): Promise<void> => {
  const [first, second] = users
  await run('updateMember', { guild_id: guild, user_id: second }, { nickname: 'Ann' })
  await run('upsertMemberByGuildIdAndNickname', { guild_id: guild, user_id: second, nickname: 'Ann', points: 9 })
  await run('upsertMemberByGuildIdAndNickname', { guild_id: guild, user_id: first, nickname: null })
}

const warnings = async (run: Run, making: Making, walking: Walking): Promise<void> => {
  const base = { guild_id: guild, user_id: users[0] }
  const first = await making('insertWarning', { ...base, created_at: at(1), expires_at: at(2) })
  const second = await making('insertWarning', { ...base, created_at: at(1), severity: 2 })
  await making('insertWarning', { ...base, guild_id: otherGuild, created_at: at(0), reason: '' })
  await run('insertWarning', { ...base, created_at: at(2), expires_at: at(1) })
  await run('updateWarning', first, { expires_at: at(0) })
  await run('updateWarning', first, { created_at: at(0), reason: null })
  await run('getWarning', second)
  await walking('listWarningsByGuildIdAndCreatedAt', { limit: 1 })
  await walking('listWarnings', { limit: 2 })
  await run('deleteWarning', first)
  await run('getWarning', first)
}

const memories = async (run: Run, making: Making): Promise<void> => {
  const id = '0b8f7c9e-5a0e-4d0c-8a6e-3f1d2c4b5a69'
  await run('insertMemory', {
    id,
    topic: 'given',
    body: 'x',
    about: 12,
    moods: ['glad', 'sad', 'glad'],
    picture: Uint8Array.of(0, 255, 10, 92),
    weights: [1, 0.5, -2],
    prices: ['1234567890123456.7891', '0.1000'],
    seen: [at(1), at(2)],
    size: -9223372036854775808n,
  })
  const own = await making('insertMemory', { guild_id: guild, topic: 'made', body: 'y', about: 'a page' })
  await run('insertMemory', { topic: 'given', body: 'null is a value' })
  await run('getMemory', own)
  await run('getMemoryByGuildIdAndTopic', { guild_id: null, topic: 'given' })
  await run('getMemoryByGuildIdAndTopic', { guild_id: guild, topic: 'given' })
  await run('upsertMemoryByGuildIdAndTopic', { topic: 'given', body: 'changed', picture: Uint8Array.of() })
  await run('upsertMemoryByGuildIdAndTopic', { guild_id: guild, topic: 'made', body: 'changed', about: null })
  await run('updateMemory', own, { moods: ['sad'], prices: [], seen: [], weights: null, body: '' })
  await run('updateMemory', own, { moods: ['sad'], prices: ['5.0000'], seen: [at(3)], weights: [0, 0, 0] })
  await run('deleteMemory', id)
}

/** Upserts by a unique of some rows: what the caller leaves out is no part of the question which row is meant. */
const tickets = async (run: Run): Promise<void> => {
  const [owner, other] = ['300000000000000001', '300000000000000002']
  await run('insertTicket', { id: '1', owner, active: true })
  await run('upsertTicketByOwner', { id: '2', owner, note: 'the active one' })
  await run('upsertTicketByOwner', { id: '3', owner, active: true, note: 'still' })
  await run('upsertTicketByOwner', { id: '4', owner, active: false, note: 'another' })
  await run('upsertTicketByOwner', { id: '5', owner: other })
  await run('insertTicket', { id: '6', owner, note: 'x', opened: at(1) })
  await run('upsertTicketByOwnerAndNote', { id: '7', owner, note: 'x' })
  await run('upsertTicketByOwnerAndNote', { id: '8', owner, note: 'x', opened: at(2) })
  await run('upsertTicketByOwnerAndNote', { id: '9', owner, note: 'x', opened: null })
  await run('listTickets')
}

/** Changes that take a computed field out of its range, which only the store knows. */
const tallies = async (run: Run): Promise<void> => {
  const most = 2_147_483_647
  await run('insertTally', { id: users[0], gained: most })
  await run('updateTally', users[0], { lost: -1 })
  await run('upsertTally', { id: users[0], lost: -1 })
  await run('insertTally', { id: users[1], gained: most, lost: -1 })
  await run('getTally', users[0])
}

const others = async (run: Run, making: Making, walking: Walking): Promise<void> => {
  await run('getClubState')
  await run('updateClubState', { version: 2 })
  await run('upsertClubState', { note: 'first' })
  await run('upsertClubState', { version: 3 })
  await run('insertClubState', { version: 4 })
  await run('updateClubState', { note: null })
  await run('getClubState')
  await run('deleteClubState')
  await run('deleteClubState')
  for (const minute of [3, 1, 2]) await making('insertEvent', { kind: 'open', at: at(minute) })
  await walking('listEventsByKindAndAt', { limit: 2, where: { kind: 'open' } })
  await run('insertVote', { user_id: users[0] })
  await run('insertVotes', [{ user_id: users[0], weight: 2 }, { user_id: users[1] }])
  const keys = { VAULT_SECRET: 'a key of the vault that is long enough' }
  await run('insertVault', keys, { id: users[0], label: 'front', token: 'secret' })
  await run('insertVault', keys, { id: users[0], label: 'front', token: 'secret' })
  await run('getVault', users[0])
  await run('getVaultToken', keys, users[0])
  await run('setVaultToken', keys, users[0], 'another')
  await run('getVaultToken', keys, users[0])
  await run('updateVault', users[0], { label: 'back' })
  await run('deleteVault', users[0])
}
