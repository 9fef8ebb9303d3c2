/** Runs an emitted function by its name, and notes what it gave or threw. */
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
  await run('insertNote', {
    id: '0b8f7c9e-5a0e-4d0c-8a6e-3f1d2c4b5a60',
    guild_id: guild,
    author_id: user,
    text: 'x',
    at,
  })
  for (const id of noIds) {
    await run('forgetUser', id)
    await run('guildLeave', id)
    await run('memberLeave', id, user)
    await run('memberLeave', guild, id)
  }
  await run('memberLeave', user)
  await run('getNote', '0b8f7c9e-5a0e-4d0c-8a6e-3f1d2c4b5a60')
  await run('forgetUser', user)
  await run('getNote', '0b8f7c9e-5a0e-4d0c-8a6e-3f1d2c4b5a60')
}

const keys = async (run: Run): Promise<void> => {
  for (const id of noIds) {
    await run('getGuild', id)
    await run('updateGuild', id, { name: 'x' })
    await run('deleteGuild', id)
    await run('getMember', { guild_id: guild, user_id: id })
  }
  for (const key of [undefined, null, guild, 1, [guild, user], {}, { guild_id: guild, user_id: user, points: 1 }]) {
    await run('getMember', key)
    await run('updateMember', key, { points: 1 })
    await run('deleteMember', key)
    await run('getMemoryByGuildIdAndTopic', key)
  }
  await run('getMember', { guild_id: { $gt: '' }, user_id: { $gt: '' } })
  await run('getGuildByName', 5)
  await run('getGuildByName', { $gt: '' })
  await run('getNote', '0B8F7C9E-5A0E-4D0C-8A6E-3F1D2C4B5A60')
}

const rows = async (run: Run): Promise<void> => {
  for (const row of [undefined, null, 'x', [], {}, { id: rounded, name: 'x' }, { id: guild }]) {
    await run('insertGuild', row)
    await run('upsertGuild', row)
    await run('upsertGuildByName', row)
  }
  for (const patch of [undefined, null, 'x', [], { id: guild }, { name: 5 }]) await run('updateGuild', guild, patch)
  for (const given of [undefined, null, {}, 'x', [null], [{ guild_id: guild, user_id: rounded }]])
    await run('insertMembers', given)
}

const lists = async (run: Run): Promise<void> => {
  await run('listMemories')
  for (const options of [null, 'x', 5, { limits: 1 }, { where: 5 }]) await run('listMemories', options)
  for (const limit of [null, Number.NaN, 0, -1, 1.5, 1e9, '1', Number.POSITIVE_INFINITY])
    await run('listMemories', { limit })
  for (const after of [5, {}, ['x'], 'x', '']) await run('listMemories', { after })
  for (const where of [null, [], { user_id: user }, { points: 1 }, { guild_id: rounded }, { guild_id: { $gt: '' } }])
    await run('listMembersByGuildIdAndPoints', { where })
}

const encrypted = async (run: Run): Promise<void> => {
  for (const given of [undefined, null, 'a key']) {
    await run('insertVault', given, { id: user, label: 'front', token: 'secret' })
    await run('setVaultToken', given, user, 'secret')
    await run('getVaultToken', given, user)
  }
  const given = { VAULT_SECRET: 'a key of the vault that is long enough' }
  await run('insertVault', given, { id: user, label: 'front', token: 5 })
  await run('setVaultToken', given, rounded, 'secret')
  await run('setVaultToken', given, user, 5)
  await run('getVaultToken', given)
}

const runs = async (run: Run): Promise<void> => {
  const now = new Date()
  await run('membersRichest')
  await run('membersRichest', { guild: rounded, most: '1' })
  await run('membersRichest', { guild, most: 1, least: 1 })
  for (const options of [
    null,
    'x',
    { hooks: {} },
    { only: ['nobody'] },
    { at: new Date(Number.NaN) },
    { at: String(now) },
  ])
    await run('runRetention', options)
  for (const batch of [0, -1, 1.5, '1', Number.NaN]) await run('runRetention', { batch })
  await run('runRetention', { attempts: 0, wait: -1, maxTime: 'x', signal: {}, onBatch: 5 })
  for (const at of [null, 'x', new Date(Number.NaN)]) await run('planRetention', at)
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
