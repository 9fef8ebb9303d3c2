// Stores a tag and reads it back: npm run botschema:try
import { openStorage } from './storage.js'

const { storage, create, close } = await openStorage(process.argv[2])
const guild = '240100000000000001'
await create()
await storage.guild.upsert({ id: guild, name: 'My guild', owner_id: '240100000000000101' })
const rules = { guild_id: guild, name: 'rules', content: 'Be kind.' }
const { row } = await storage.tag.upsert(rules, { by: ['guild_id', 'name'] })
const { name, content } = await storage.tag.get(row.id)
console.log(`stored and read back: ${name}: ${content}`)
console.log('most used:', JSON.stringify(await storage.tag.queries.mostUsed({ guild })))
await close()
