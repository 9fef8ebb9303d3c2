import type { MongoCall } from '../mongo-bots.js'
import type { Models } from './models.js'

const wolf = '900000000000000001'
const borin = '610000000000000000000001'
const fight = '640000000000000000000001'
const after = { returnDocument: 'after' } as const

/** What the commands of Tavern Keeper run, in this order, on the documents of `documents.json`. */
export const calls: readonly MongoCall<Models>[] = [
  ['campaign by id', (m) => m.Campaign.findById(wolf)],
  ['campaign by id, lean', (m) => m.Campaign.findById('900000000000000002').lean()],
  ['campaigns of a server', (m) => m.Campaign.find({ guild: '100' }, 'name status').sort('name').lean()],
  ['campaign without a name is refused', (m) => m.Campaign.create({ _id: '9', name: ' ', gm: '1' })],
  ['new campaign gets its defaults', (m) => m.Campaign.create({ _id: '900000000000000004', name: ' Salt ', gm: '3' })],
  [
    'same join code is refused',
    (m) => m.Campaign.create({ _id: '8', name: 'x', gm: '1', joinCode: 'WOLF' }),
    ['partial'],
  ],
  ['next number of a session', async (m) => (await m.Campaign.findById(wolf).orFail()).nextNo()],
  [
    'plan a session: push and save',
    async (m) => {
      const campaign = await m.Campaign.findById(wolf).orFail()
      campaign.sessions.push({ no: campaign.nextNo(), scenes: [{ title: 'Crypt', beats: [' trap '] }], present: [] })
      return campaign.save()
    },
  ],
  [
    'session by its id',
    async (m) => (await m.Campaign.findById(wolf).orFail()).sessions.id('600000000000000000000001'),
  ],
  [
    'remove a session',
    async (m) => {
      const campaign = await m.Campaign.findById(wolf).orFail()
      campaign.sessions.id('600000000000000000000001')?.deleteOne()
      return (await campaign.save()).sessions.length
    },
  ],
  [
    'a house rule in the map',
    async (m) => {
      const campaign = await m.Campaign.findById(wolf).orFail()
      campaign.house?.set('luck', true)
      await campaign.save()
      return m.Campaign.findById(wolf, 'house').lean()
    },
  ],
  [
    'a house rule by path',
    (m) =>
      m.Campaign.findOneAndUpdate(
        { _id: wolf },
        { $set: { 'house.flanking': true } },
        { ...after, projection: 'house' },
      ),
  ],
  [
    'players come to session 2',
    (m) =>
      m.Campaign.findOneAndUpdate(
        { _id: wolf },
        { $addToSet: { 'sessions.$[n].present': { $each: ['1', '2', '1'] } } },
        { ...after, arrayFilters: [{ 'n.no': 2 }], projection: 'sessions' },
      ).lean(),
  ],
  [
    'a beat in every scene called Crypt',
    (m) =>
      m.Campaign.findOneAndUpdate(
        { _id: wolf },
        { $push: { 'sessions.$[].scenes.$[s].beats': 'door' } },
        { ...after, arrayFilters: [{ 's.title': 'Crypt' }], projection: 'sessions' },
      ).lean(),
  ],
  [
    'an old status cannot be saved',
    async (m) => {
      const campaign = await m.Campaign.findById('900000000000000002').orFail()
      campaign.status = 'PAUSED' as 'done'
      campaign.name = 'Named'
      return campaign.save()
    },
  ],
  [
    'party by virtual',
    (m) =>
      m.Campaign.findById(wolf, 'name')
        .populate({ path: 'party', select: 'name level', options: { sort: { name: 1 } } })
        .then((found) => found?.toJSON()),
  ],
  ['party size', async (m) => (await m.Campaign.findById(wolf, 'name').populate('partySize'))?.get('partySize')],
  [
    'new character: hooks',
    (m) => m.Character.create({ campaign: wolf, player: '3', name: 'Sir  Reginald', scores: { cha: 18 } }),
  ],
  ['the hook counted it', (m) => m.Campaign.findById(wolf, 'characterCount').lean()],
  ['same slug is refused', (m) => m.Character.create({ campaign: wolf, player: '4', name: 'ASH!' })],
  ['level 21 is refused', (m) => m.Character.findOneAndUpdate({ _id: borin }, { level: 21 })],
  ['gain levels: method', async (m) => (await (await m.Character.findById(borin).orFail()).gain(1500)).level],
  ['give what is held', async (m) => (await (await m.Character.findById(borin).orFail()).give('rope', 2)).inventory],
  [
    'give what is new',
    async (m) => (await (await m.Character.findOne({ slug: 'ash' }).orFail()).give('key', 1)).inventory,
  ],
  [
    'party: static',
    async (m) => (await m.Character.party(wolf)).map((one) => [one.name, one.level, one.get('bloodied')]),
  ],
  [
    'hurt',
    (m) => m.Character.findOneAndUpdate({ _id: borin }, { $inc: { 'hp.now': -5 } }, { ...after, projection: 'hp' }),
  ],
  [
    'heal to the most: pipeline',
    (m) =>
      m.Character.findOneAndUpdate(
        { _id: borin },
        [{ $set: { 'hp.now': { $min: [{ $add: ['$hp.now', 50] }, '$hp.max'] } } }],
        { ...after, updatePipeline: true, projection: 'hp' },
      ).lean(),
    ['update pipelines'],
  ],
  [
    'conditions end',
    (m) =>
      m.Character.findOneAndUpdate(
        { _id: borin },
        { $pull: { conditions: { name: 'prone' } } },
        { ...after, projection: 'conditions' },
      ).lean(),
  ],
  [
    'use a torch: array filter',
    (m) =>
      m.Character.updateOne(
        { _id: borin },
        { $inc: { 'inventory.$[i].qty': 1 } },
        { arrayFilters: [{ 'i.name': 'torch' }] },
      ),
  ],
  [
    'keep three conditions, latest last',
    (m) =>
      m.Character.findOneAndUpdate(
        { _id: borin },
        { $push: { conditions: { $each: [{ name: 'a' }, { name: 'b' }, { name: 'c' }], $slice: -3 } } },
        { ...after, projection: 'conditions' },
      ).lean(),
  ],
  [
    'any sheet',
    async (m) => {
      const ash = await m.Character.findOne({ slug: 'ash' }).orFail()
      const sheet: { imported: boolean; spells: string[] } = { imported: true, spells: [] }
      ash.sheet = sheet
      await ash.save()
      sheet.spells.push('light')
      ash.markModified('sheet')
      await ash.save()
      return m.Character.findOne({ slug: 'ash' }, 'sheet').lean()
    },
  ],
  [
    'unknown key is not written',
    async (m) => {
      await m.Character.updateOne({ _id: borin }, { $set: { alignment: 'LG' } }, { strict: true })
      return m.Character.countDocuments({ alignment: { $exists: true } })
    },
  ],
  ['not retired, null or missing', (m) => m.Character.find({ retired: null }, 'name').sort('name').lean()],
  [
    'character with companion and campaign',
    (m) =>
      m.Character.findById(borin, 'name companion campaign')
        .populate([{ path: 'companion' }, { path: 'campaign', select: 'name' }])
        .lean(),
  ],
  [
    'unequip and forget: validators of updates refuse the operator',
    (m) =>
      m.Character.findOneAndUpdate(
        { slug: 'ash' },
        { $unset: { companion: 1 }, $pull: { inventory: { qty: { $lte: 1 } } } },
        { ...after, projection: 'inventory companion' },
      ).lean(),
  ],
  ['monsters only', (m) => m.Monster.find().sort('name').lean()],
  [
    'all creatures',
    async (m) => (await m.Creature.find().sort('name')).map((one) => [one.get('kind') ?? null, one.name]),
  ],
  ['hire', (m) => m.Hireling.create({ name: 'Moss', hp: 6 })],
  [
    'monsters by strength',
    (m) =>
      m.Creature.aggregate([
        { $match: { kind: 'Monster' } },
        { $group: { _id: null, most: { $max: '$cr' }, hp: { $sum: '$hp' }, count: { $sum: 1 } } },
      ]),
  ],
  [
    'next turn',
    async (m) => {
      const encounter = await m.Encounter.findById(fight).orFail()
      encounter.turn += 1
      await encounter.save()
      return m.Encounter.findById(fight, 'turn round log').lean()
    },
  ],
  [
    'two game masters at once: the second is refused',
    async (m) => {
      const [one, two] = [await m.Encounter.findById(fight).orFail(), await m.Encounter.findById(fight).orFail()]
      one.round += 1
      await one.save()
      two.round += 1
      return two.save()
    },
  ],
  ['order of the fight with names', (m) => m.Encounter.findById(fight, 'order').populate('order.who', 'name').lean()],
  [
    'note on what it is about',
    async (m) =>
      (await m.Note.find().sort('_id').populate('on', 'name')).map((note) => [note.text, note.get('on.name')]),
  ],
  [
    'note keeps unknown keys',
    async (m) => {
      const note = await m.Note.findById('660000000000000000000002').orFail()
      note.set('colour', 'red')
      await note.save()
      return m.Note.findById(note._id).lean()
    },
  ],
  ['roll', (m) => m.Roll.create({ by: '1', dice: '3d6', results: [1, 2, 3], total: 6 })],
  ['roll of nobody is refused', (m) => m.Roll.create({ dice: 'd4' })],
  [
    'averages',
    (m) =>
      m.Roll.aggregate([
        { $unwind: '$results' },
        { $group: { _id: '$by', average: { $avg: '$results' }, rolls: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ]),
  ],
  [
    'next number of a server',
    (m) => m.Counter.findOneAndUpdate({ _id: 100 }, { $inc: { seq: 1 } }, { ...after, upsert: true }).lean(),
  ],
  [
    'first number of a server',
    (m) =>
      m.Counter.findOneAndUpdate(
        { _id: 7 },
        { $inc: { seq: 1 }, $setOnInsert: {} },
        { ...after, upsert: true, setDefaultsOnInsert: false },
      ).lean(),
  ],
  [
    'end of a day: bulk',
    async (m) => {
      const { matchedCount, modifiedCount, deletedCount } = await m.Character.bulkWrite([
        { updateMany: { filter: { campaign: wolf }, update: { $set: { 'hp.now': 5 } } } },
        { updateOne: { filter: { slug: 'ash' }, update: { $inc: { xp: 10 } } } },
        { deleteOne: { filter: { slug: 'nobody' } } },
      ])
      return { matchedCount, modifiedCount, deletedCount }
    },
  ],
  [
    'cursor over characters',
    async (m) => {
      const names: string[] = []
      for await (const one of m.Character.find().sort('slug').cursor()) names.push(String(one.name))
      return names
    },
  ],
]
