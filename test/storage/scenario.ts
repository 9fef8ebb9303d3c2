import { refusals } from './refusals.js'

/** A call of a storage by its path: `guild.insert`. */
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
  await asked(run)
  await changed(run)
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
  await run('guild.get', guild)
  await run('guild.insert', { id: guild, name: "Bobby'; DROP TABLE guilds; --" })
  await run('guild.insert', { id: guild, name: 'again' })
  await run('guild.insert', { id: otherGuild, name: "Bobby'; DROP TABLE guilds; --" })
  await run('guild.insert', { id: 'no id', name: 'x' })
  await run('guild.insert', {
    id: otherGuild,
    name: strange,
    flags: 9007199254740993n,
    settings: { enabled: false, adminRoles: [users[0]], opened_at: at(0) },
    extra: 'a bare string',
    tags: ['a,b', '{"c"}', 'NULL', ''],
    counters: { 'a b': 1, ü: 2 },
    moderatorRoles: [users[1]],
  })
  await run('guild.get', { name: strange })
  await run('guild.get', { name: 'nobody' })
  for (const extra of [[], [1, null, 'x'], 12, true, { a: { b: [] } }, '"', '12']) {
    await run('guild.update', guild, { extra })
    await run('guild.get', guild)
  }
  await run('guild.update', guild, {})
  await run('guild.update', guild, { name: 'first', moderatorRoles: [users[2]], flags: -1n })
  await run('guild.update', guild, { unknown: 1 })
  await run('guild.update', '999', { name: 'none' })
  await run('guild.upsert', { id: guild, name: 'renamed', locale: 'de', tags: ['x'] })
  await run('guild.upsert', { id: guild, name: 'renamed' })
  await run('guild.upsert', { id: '100000000000000009', name: 'renamed', flags: 4n }, { by: ['name'] })
  await run('guild.upsert', { id: '100000000000000003', name: 'third' })
  await run('guild.delete', '100000000000000003')
  await run('guild.delete', '100000000000000003')
  await run('guild.find', { limit: 10 })
}

const members = async (run: Run, walking: Walking): Promise<void> => {
  const [first, second, third] = users
  await run('member.insert', { guild_id: guild, user_id: first, nickname: 'Ann', points: 5, joined_at: at(1) })
  await run('member.insertMany', [
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
  await run('member.insertMany', [])
  await run('member.insertMany', [
    { guild_id: guild, user_id: '200000000000000009', joined_at: at(1) },
    { guild_id: guild, user_id: first, joined_at: at(1) },
  ])
  await run('member.get', { guild_id: guild, user_id: '200000000000000009' })
  await run('member.get', { guild_id: guild, user_id: third })
  await run('member.get', { guild_id: otherGuild, number: 7 })
  await run('member.get', { guild_id: guild, nickname: 'Ann' })
  await run('member.update', { guild_id: guild, user_id: second }, { rank: 'host', points: 0 })
  await run('member.update', { guild_id: guild, user_id: second }, { pause: null, naive_at: at(9), points: 6 })
  await run('member.upsert', { guild_id: guild, user_id: second, points: 8, joined_at: at(8) })
  await run('member.upsert', { guild_id: guild, user_id: second, points: -1 })
  await walking('member.find', { limit: 2 })
  await walking('member.find', { limit: 1, where: { guild_id: guild } })
  await walking('member.find', { order: { guild_id: 'asc', points: 'desc' }, limit: 1, where: { guild_id: guild } })
  await walking('member.find', { order: { guild_id: 'asc', points: 'desc' }, limit: 2 })
  await walking('member.find', { order: { guild_id: 'asc', joined_at: 'asc' }, where: { rank: 'host' }, limit: 2 })
  await run('member.find', { limit: 0 })
  await run('member.find', { limit: 1, after: 'rubbish' })
  await run('member.queries.richest', { guild, most: 2 })
  await listed(run, walking)
  await run('member.delete', { guild_id: guild, user_id: third })
}

/** The lists of the description: nulls are the smallest, and a cursor is of one list and its values. */
const listed = async (run: Run, walking: Walking): Promise<void> => {
  await run('member.lists.present', { guild_id: guild })
  await walking('member.lists.present', { guild_id: otherGuild, limit: 1 })
  await walking('member.lists.byNickname', { guild_id: guild, rank: 'new', limit: 1 })
  await walking('member.lists.all', { limit: 2 })
  await run('member.lists.all')
  await run('member.lists.present', {})
  await run('member.lists.present', { guild_id: { in: [guild] } })
  await run('member.lists.present', { guild_id: undefined })
  await run('member.lists.present', { guild_id: guild, limit: 1_001 })
  await run('member.lists.present', { guild_id: guild, rank: 'host' })
  await run('member.lists.present', 'everything')
  await run('member.lists.byNickname', { guild_id: guild, rank: 'unheard of' })
}

/** Rows by what is asked of their fields, and of what is inside of them. */
const asked = async (run: Run): Promise<void> => {
  const where: readonly Row[] = [
    { name: { startsWith: 'ren' } },
    { name: { contains: 'ame' }, 'settings.enabled': true },
    { 'settings.enabled': false },
    { 'settings.opened_at': { lte: at(0) } },
    { 'settings.greeting': null },
    { flags: { gt: 9007199254740992n } },
    { tags: { has: 'a,b' } },
    { 'settings.rolesAdmin': null },
    { 'settings.adminRoles': { has: users[0] } },
    { tags: { not: { has: 'x' } } },
    { adminRoles: null },
    { $or: [{ name: 'renamed' }, { locale: { not: 'en' } }], $not: { id: otherGuild } },
    { id: { in: [] } },
    { id: { gte: guild, lt: '999' } },
  ]
  for (const one of where) await run('guild.find', { where: one, order: { name: 'desc' } })
  await run('guild.find', { order: { 'settings.opened_at': 'asc' } })
  await run('guild.count')
  await run('member.count', { rank: 'host', balance: { lt: '0.01' } })
  await run('member.exists', { wakes_at: '06:30:00', birthday: { gte: '2001-02-28' } })
  await run('member.find', { where: { naive_at: at(9) }, order: { pause: 'asc', balance: 'desc' } })
}

/** Numbers that are added to, and rows that are changed or deleted by a condition. */
const changed = async (run: Run): Promise<void> => {
  const key = { guild_id: guild, user_id: users[1] }
  await run('member.increment', key, { points: 5, balance: '0.25' })
  await run('member.increment', key, { points: -1000 })
  await run('member.increment', key, { number: 1.5 })
  await run('member.increment', { ...key, user_id: '9' }, { points: 1 })
  await run('member.updateMany', { guild_id: otherGuild, rank: { not: 'host' } }, { cooldown: 5 })
  await run('member.updateMany', { guild_id: otherGuild }, { points: -1 })
  await run('member.deleteMany', {})
  await run('member.deleteMany', { joined_at: { gt: at(4) } })
  await run('member.getMany', [{ guild_id: otherGuild, number: 7 }, key, { guild_id: '5', user_id: '5' }])
}

/** A unique that is about some rows only. */
const nicknames = async (run: Run): Promise<void> => {
  const [first, second] = users
  await run('member.update', { guild_id: guild, user_id: second }, { nickname: 'Ann' })
  await run(
    'member.upsert',
    { guild_id: guild, user_id: second, nickname: 'Ann', points: 9 },
    { by: ['guild_id', 'nickname'] },
  )
  await run('member.upsert', { guild_id: guild, user_id: first, nickname: null }, { by: ['guild_id', 'nickname'] })
  // What comes after is the same on servers that were not asked this.
  await run('member.update', { guild_id: guild, user_id: first }, { points: 5 })
}

const warnings = async (run: Run, making: Making, walking: Walking): Promise<void> => {
  const base = { guild_id: guild, user_id: users[0] }
  const first = await making('warning.insert', { ...base, created_at: at(1), expires_at: at(2) })
  const second = await making('warning.insert', { ...base, created_at: at(1), severity: 2 })
  await making('warning.insert', { ...base, guild_id: otherGuild, created_at: at(0), reason: '' })
  await run('warning.insert', { ...base, created_at: at(2), expires_at: at(1) })
  await run('warning.update', first, { expires_at: at(0) })
  await run('warning.update', first, { created_at: at(0), reason: null })
  await run('warning.get', second)
  await walking('warning.find', { order: { guild_id: 'asc', created_at: 'asc' }, limit: 1 })
  await walking('warning.find', { limit: 2 })
  await walking('warning.lists.expiring', { user_id: users[0], limit: 1 })
  await run('warning.lists.saying', { reason: null })
  await run('warning.lists.saying', { reason: '', unreadable: 'collect' })
  await run('warning.count', { severity: 1 })
  await run('warning.exists', { severity: 2, reason: { not: null } })
  await run('warning.updateMany', { guild_id: guild, severity: { in: [1, 2] } }, { reason: 'both' })
  await run('warning.updateMany', {}, { reason: 'none' })
  await run('warning.getMany', [second, first, second])
  await run('warning.delete', first)
  await run('warning.get', first)
}

const memories = async (run: Run, making: Making): Promise<void> => {
  const id = '0b8f7c9e-5a0e-4d0c-8a6e-3f1d2c4b5a69'
  await run('memory.insert', {
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
  const own = await making('memory.insert', { guild_id: guild, topic: 'made', body: 'y', about: 'a page' })
  await run('memory.insert', { topic: 'given', body: 'null is a value' })
  await run('memory.get', own)
  await run('memory.get', { guild_id: null, topic: 'given' })
  await run('memory.get', { guild_id: guild, topic: 'given' })
  await run(
    'memory.upsert',
    { topic: 'given', body: 'changed', picture: Uint8Array.of() },
    { by: ['guild_id', 'topic'] },
  )
  await run(
    'memory.upsert',
    { guild_id: guild, topic: 'made', body: 'changed', about: null },
    { by: ['guild_id', 'topic'] },
  )
  await run('memory.update', own, { moods: ['sad'], prices: [], seen: [], weights: null, body: '' })
  await run('memory.update', own, { moods: ['sad'], prices: ['5.0000'], seen: [at(3)], weights: [0, 0, 0] })
  await run('memory.delete', id)
}

/** Upserts by a unique of some rows: what the caller leaves out is no part of the question which row is meant. */
const tickets = async (run: Run): Promise<void> => {
  const [owner, other] = ['300000000000000001', '300000000000000002']
  await run('ticket.insert', { id: '1', owner, active: true })
  await run('ticket.upsert', { id: '2', owner, note: 'the active one' }, { by: ['owner'] })
  await run('ticket.upsert', { id: '3', owner, active: true, note: 'still' }, { by: ['owner'] })
  await run('ticket.upsert', { id: '4', owner, active: false, note: 'another' }, { by: ['owner'] })
  await run('ticket.upsert', { id: '5', owner: other }, { by: ['owner'] })
  await run('ticket.insert', { id: '6', owner, note: 'x', opened: at(1) })
  await run('ticket.upsert', { id: '7', owner, note: 'x' }, { by: ['owner', 'note'] })
  await run('ticket.upsert', { id: '8', owner, note: 'x', opened: at(2) }, { by: ['owner', 'note'] })
  await run('ticket.upsert', { id: '9', owner, note: 'x', opened: null }, { by: ['owner', 'note'] })
  await run('ticket.find')
}

/** Changes that take a computed field out of its range, which only the store knows. */
const tallies = async (run: Run): Promise<void> => {
  const most = 2_147_483_647
  await run('tally.insert', { id: users[0], gained: most })
  await run('tally.update', users[0], { lost: -1 })
  await run('tally.upsert', { id: users[0], lost: -1 })
  await run('tally.insert', { id: users[1], gained: most, lost: -1 })
  await run('tally.get', users[0])
}

const others = async (run: Run, making: Making, walking: Walking): Promise<void> => {
  await run('clubState.get')
  await run('clubState.update', { version: 2 })
  await run('clubState.upsert', { note: 'first' })
  await run('clubState.upsert', { version: 3 })
  await run('clubState.insert', { version: 4 })
  await run('clubState.update', { note: null })
  await run('clubState.get')
  await run('clubState.delete')
  await run('clubState.delete')
  for (const minute of [3, 1, 2]) await making('event.insert', { kind: 'open', at: at(minute) })
  await walking('event.find', { order: { kind: 'asc', at: 'asc' }, limit: 2, where: { kind: 'open' } })
  await run('vote.insert', { user_id: users[0] })
  await run('vote.insertMany', [{ user_id: users[0], weight: 2 }, { user_id: users[1] }])
  await run('vault.insert', { id: users[0], label: 'front', token: 'secret' })
  await run('vault.insert', { id: users[0], label: 'front', token: 'secret' })
  await run('vault.get', users[0])
  await run('vault.decrypt', users[0], 'token')
  await run('vault.encrypt', users[0], 'token', 'another')
  await run('vault.decrypt', users[0], 'token')
  await run('vault.update', users[0], { label: 'back' })
  await run('vault.delete', users[0])
}
