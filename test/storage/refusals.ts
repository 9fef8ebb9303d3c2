/** Makes a call of a storage by its path, and notes what it gave or threw. */
type Run = (name: string, ...given: readonly unknown[]) => Promise<unknown>

/** An id that JavaScript rounds to that of another person. */
const rounded = Number('240100000000000101')

/** What is no id, though it looks like nothing or like one. */
const noIds: readonly unknown[] = [
  rounded,
  240100000000000101n,
  undefined,
  null,
  '',
  ' 1',
  '1 ',
  '0',
  '-1',
  '01',
  {},
  [],
]

const [guild, user] = ['100000000000000001', '200000000000000001']

const events = async (run: Run): Promise<void> => {
  const at = new Date(Date.UTC(2024, 4, 1))
  await run('note.insert', {
    id: '0b8f7c9e-5a0e-4d0c-8a6e-3f1d2c4b5a60',
    guild_id: guild,
    author_id: user,
    text: 'x',
    at,
  })
  for (const id of noIds) {
    await run('$forgetUser', id)
    await run('$guildLeave', id)
    await run('$memberLeave', id, user)
    await run('$memberLeave', guild, id)
  }
  await run('$memberLeave', user)
  await run('note.get', '0b8f7c9e-5a0e-4d0c-8a6e-3f1d2c4b5a60')
  await run('$forgetUser', user)
  await run('note.get', '0b8f7c9e-5a0e-4d0c-8a6e-3f1d2c4b5a60')
}

const keys = async (run: Run): Promise<void> => {
  for (const id of noIds) {
    await run('guild.get', id)
    await run('guild.update', id, { name: 'x' })
    await run('guild.delete', id)
    await run('member.get', { guild_id: guild, user_id: id })
  }
  for (const key of [undefined, null, guild, 1, [guild, user], {}, { guild_id: guild, user_id: user, points: 1 }]) {
    await run('member.get', key)
    await run('member.update', key, { points: 1 })
    await run('member.delete', key)
    await run('memory.get', { guild_id: guild, topic: 'x', more: key })
  }
  await run('member.get', { guild_id: { $gt: '' }, user_id: { $gt: '' } })
  await run('guild.get', { name: 5 })
  await run('guild.get', { name: { $gt: '' } })
  await run('note.get', '0B8F7C9E-5A0E-4D0C-8A6E-3F1D2C4B5A60')
}

const rows = async (run: Run): Promise<void> => {
  for (const row of [undefined, null, 'x', [], {}, { id: rounded, name: 'x' }, { id: guild }]) {
    await run('guild.insert', row)
    await run('guild.upsert', row)
    await run('guild.upsert', row, { by: ['name'] })
    await run('guild.upsert', { id: guild, name: 'x' }, { by: row })
  }
  for (const patch of [undefined, null, 'x', [], { id: guild }, { name: 5 }]) await run('guild.update', guild, patch)
  for (const given of [undefined, null, {}, 'x', [null], [{ guild_id: guild, user_id: rounded }]])
    await run('member.insertMany', given)
}

const lists = async (run: Run): Promise<void> => {
  await run('memory.find')
  for (const options of [null, 'x', 5, { limits: 1 }, { where: 5 }]) await run('memory.find', options)
  for (const limit of [null, Number.NaN, 0, -1, 1.5, 1e9, '1', Number.POSITIVE_INFINITY])
    await run('memory.find', { limit })
  for (const after of [5, {}, ['x'], 'x', '']) await run('memory.find', { after })
  for (const options of [null, 'x', { lock: 1 }, { locks: true }]) await run('memory.getMany', [], options)
  for (const amounts of [null, undefined, {}, [], { points: '1' }, { doubled: 1 }, { nobody: 1 }, { balance: 0.5 }])
    await run('member.increment', { guild_id: guild, user_id: user }, amounts)
  for (const where of [
    undefined,
    null,
    {},
    { nobody: 1 },
    { points: undefined },
    { points: {} },
    { points: { $gt: 0 } },
  ])
    await run('member.deleteMany', where)
  for (const where of [null, [], { user_id: user }, { points: 1 }, { guild_id: rounded }, { guild_id: { $gt: '' } }])
    await run('member.find', { order: { guild_id: 'asc', points: 'desc' }, where })
}

const encrypted = async (run: Run): Promise<void> => {
  await run('vault.insert', { id: user, label: 'front', token: 5 })
  await run('vault.encrypt', rounded, 'token', 'secret')
  await run('vault.encrypt', user, 'token', 5)
  await run('vault.encrypt', user, 'label', 'x')
  await run('vault.decrypt', undefined, 'token')
  await run('vault.decrypt', user, 'label')
  await run('vault.decrypt', user, '__proto__')
}

const runs = async (run: Run): Promise<void> => {
  const now = new Date()
  await run('member.queries.richest')
  await run('member.queries.richest', { guild: rounded, most: '1' })
  await run('member.queries.richest', { guild, most: 1, least: 1 })
  for (const options of [
    null,
    'x',
    { hooks: {} },
    { only: ['nobody'] },
    { at: new Date(Number.NaN) },
    { at: String(now) },
  ])
    await run('$runRetention', options)
  for (const batch of [0, -1, 1.5, '1', Number.NaN]) await run('$runRetention', { batch })
  await run('$runRetention', { attempts: 0, wait: -1, maxTime: 'x', signal: {}, onBatch: 5 })
  for (const at of [null, 'x', new Date(Number.NaN)]) await run('$planRetention', at)
}

/** Calls with what the schema of a function does not take: each is refused before anything is done. */
export const refusals = async (run: Run): Promise<void> => {
  await events(run)
  await keys(run)
  await rows(run)
  await lists(run)
  await encrypted(run)
  await runs(run)
}
