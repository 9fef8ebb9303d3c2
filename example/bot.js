// What a small bot does with its storage, the same on either store:  node bot.js postgres   or   node bot.js mongo
import { openStorage } from './storage.js'

const { storage, create, close } = await openStorage(process.argv[2])
await create()

const guild = '240100000000000001'
const [ada, bo, cy] = ['240100000000000101', '240100000000000102', '240100000000000103']
const show = (what, value) => console.log(`${what}: ${JSON.stringify(value)}`)

// A guild adds the bot; running this twice changes nothing.
await storage.guild.upsert({ id: guild, name: 'Harbour Reading Room', owner_id: ada })
for (const [id, username] of [
  [ada, 'ada'],
  [bo, 'bo'],
  [cy, 'cy'],
]) {
  await storage.user.upsert({ id, username })
  await storage.guildMember.upsert({ guild_id: guild, user_id: id, joined_at: new Date('2026-03-01T09:00:00Z') })
}

// Settings: what nobody chose has its default.
const { row: settings } = await storage.guildSettings.upsert({ guild_id: guild, prefix: '?' })
show('settings', { prefix: settings.prefix, locale: settings.locale, welcome: settings.welcome })

// Levels: a patch changes what it says.
for (const [user_id, xp, level] of [
  [ada, 1250, 4],
  [bo, 300, 2],
  [cy, 1250, 4],
]) {
  await storage.guildMember.update({ guild_id: guild, user_id }, { xp, level })
}
show('top', await storage.guildMember.queries.top({ guild, limit: 2 }))

// Warnings: two are given, one is taken back.
const [first] = await storage.warning.insertMany([
  { guild_id: guild, user_id: bo, moderator_id: ada, reason: 'Spoilers', created_at: new Date('2026-05-01T10:00:00Z') },
  { guild_id: guild, user_id: bo, moderator_id: ada, reason: 'Shouting', created_at: new Date('2026-05-02T10:00:00Z') },
])
await storage.warning.update(first.id, { active: false })
show('in force', await storage.warning.queries.activeOfMember({ guild, user: bo }))

// Memories, page by page: a cursor is good for the `where` and `order` that gave it, and no row is lost between pages.
for (const [content, importance] of [
  ['Ada likes sea stories.', 7],
  ['Ada reads at night.', 5],
  ['Ada lent a book to Bo.', 5],
]) {
  await storage.memory.insert({ user_id: ada, guild_id: guild, content, importance })
}
const seen = []
let page = { rows: [], next: null }
do {
  page = await storage.memory.find({
    where: { user_id: ada },
    order: { importance: 'desc' },
    limit: 2,
    after: page.next,
  })
  seen.push(page.rows.length)
} while (page.next !== null)
show('memories on each page', seen)

// What the store refuses is told in the words of the schema, and nothing reaches it that the schema refuses.
const refused = async (what, attempt) => {
  try {
    await attempt()
  } catch (error) {
    show(what, error.name === 'ConstraintError' ? error.rule : error.issues.map(({ path }) => path.join('.')))
  }
}
const twice = { guild_id: guild, user_id: ada, joined_at: new Date() }
await refused('the same member twice', () => storage.guildMember.insert(twice))
await refused('a warning of nobody', () => storage.warning.insert({ guild_id: guild, moderator_id: ada, reason: '' }))

// What is old goes by the rules of the schema, here as they will see it in 2100.
const { retired } = await storage.$runRetention({ at: new Date('2100-01-01T00:00:00Z') })
show(
  'retired',
  retired.map(({ entity, action, rows }) => `${entity}: ${action} ${rows}`),
)

// Whoever asks to be forgotten is, but for what is kept with a reason.
const touched = await storage.$forgetUser(ada)
const told = touched.filter(({ rows }) => rows > 0)
show(
  'forgotten',
  told.map(({ from, field, did, rows }) => `${from} by ${field}: ${did} ${rows}`),
)

await close()
