// Stores a tag and reads it back: npm run botschema:try
import { openStorage } from './storage.js'

const { storage, create, close } = await openStorage(process.argv[2])
const guild = '240100000000000001'
await create()
await storage.upsertGuild({ id: guild, name: 'My guild', owner_id: '240100000000000101' })
const { id } = await storage.upsertTagByGuildIdAndName({ guild_id: guild, name: 'rules', content: 'Be kind.' })
const { name, content } = await storage.getTag(id)
console.log(`stored and read back: ${name}: ${content}`)
console.log('most used:', JSON.stringify(await storage.tagsMostUsed({ guild })))
await close()
