import { type Connection, Schema } from 'mongoose'

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

const sceneSchema = new Schema({ title: String, beats: [{ type: String, trim: true }] }, { _id: false })

const sessionSchema = new Schema({
  no: { type: Number, required: true },
  held: Date,
  scenes: [sceneSchema],
  present: [{ type: String }],
})

const campaignSchema = new Schema(
  {
    _id: { type: String, required: true },
    guild: { type: String, index: true },
    name: { type: String, required: true, trim: true, maxlength: 100 },
    gm: { type: String, required: true },
    status: { type: String, enum: ['planning', 'running', 'done'], default: 'planning' },
    joinCode: { type: String },
    sessions: [sessionSchema],
    house: { type: Map, of: Boolean, default: () => new Map([['crits', true]]) },
    characterCount: { type: Number, default: 0, min: 0 },
    calendar: { day: { type: Number, default: 1 }, month: String, moons: [[Number]] },
  },
  {
    timestamps: true,
    methods: {
      nextNo() {
        return this.sessions.reduce((most, session) => Math.max(most, session.no), 0) + 1
      },
    },
    toJSON: { virtuals: true },
  },
)
campaignSchema.index({ joinCode: 1 }, { unique: true, partialFilterExpression: { joinCode: { $type: 'string' } } })
campaignSchema.virtual('party', { ref: 'Character', localField: '_id', foreignField: 'campaign' })
campaignSchema.virtual('partySize', { ref: 'Character', localField: '_id', foreignField: 'campaign', count: true })

const itemSchema = new Schema({
  name: { type: String, required: true },
  qty: { type: Number, default: 1, min: 0 },
  weight: Number,
  magic: { attuned: Boolean, charges: { type: Number, default: null } },
})

const characterSchema = new Schema(
  {
    campaign: { type: String, ref: 'Campaign', required: true },
    player: { type: String, required: true },
    name: { type: String, required: true },
    slug: { type: String },
    level: { type: Number, default: 1, min: 1, max: 20 },
    xp: { type: Number, default: 0 },
    hp: { now: { type: Number, default: 10 }, max: { type: Number, default: 10 } },
    scores: { type: Map, of: Number },
    inventory: [itemSchema],
    conditions: [{ _id: false, name: String, until: { type: Date, default: null } }],
    sheet: Schema.Types.Mixed,
    retired: { type: Boolean, default: false },
    companion: { type: Schema.Types.ObjectId, ref: 'Creature', default: null },
  },
  {
    timestamps: { createdAt: 'created_at', updatedAt: 'updated_at' } as const,
    minimize: false,
    methods: {
      gain(points: number) {
        this.xp += points
        while (this.level < 20 && this.xp >= this.level * 1000) this.level += 1
        return this.save()
      },
      give(name: string, qty: number) {
        const held = this.inventory.find((item) => item.name === name)
        if (held === undefined) this.inventory.push({ name, qty })
        else held.qty += qty
        return this.save()
      },
    },
    statics: {
      party(campaign: string) {
        return this.find({ campaign, retired: { $ne: true } }).sort({ level: -1, name: 1 })
      },
    },
    virtuals: {
      bloodied: {
        get(): boolean {
          return (this.hp?.now ?? 0) * 2 <= (this.hp?.max ?? 0)
        },
      },
    },
  },
)
characterSchema.index({ campaign: 1, slug: 1 }, { unique: true })
characterSchema.index({ player: 1, created_at: -1 })
characterSchema.pre('save', function () {
  if (this.isModified('name')) this.slug = slugOf(this.name)
  this.$locals['wasNew'] = this.isNew
})
characterSchema.post('save', async (saved) => {
  if (saved.$locals['wasNew'] !== true) return
  await saved.db.model('Campaign').updateOne({ _id: saved.campaign }, { $inc: { characterCount: 1 } })
})
characterSchema.pre('findOneAndUpdate', function () {
  this.setOptions({ runValidators: true })
})

const creatureSchema = new Schema(
  { name: { type: String, required: true }, hp: { type: Number, required: true } },
  { discriminatorKey: 'kind', versionKey: false },
)

const encounterSchema = new Schema(
  {
    campaign: { type: String, ref: 'Campaign' },
    round: { type: Number, default: 0 },
    turn: { type: Number, default: 0 },
    order: [{ who: { type: Schema.Types.ObjectId, ref: 'Character' }, roll: Number, tags: [String] }],
    log: { type: [String], default: undefined },
  },
  { optimisticConcurrency: true },
)

const noteSchema = new Schema(
  {
    author: String,
    text: { type: String, default: '' },
    onModel: { type: String, enum: ['Campaign', 'Character'] },
    on: { type: Schema.Types.Mixed, refPath: 'onModel' },
  },
  { strict: false, timestamps: { createdAt: true, updatedAt: false } },
)

const rollSchema = new Schema({
  by: { type: String, required: true },
  dice: String,
  results: [Number],
  total: { type: Number },
  at: { type: Date, default: Date.now },
})
rollSchema.index({ at: 1 }, { expireAfterSeconds: 60 * 60 * 24 * 30 })

const counterSchema = new Schema({ _id: Number, seq: { type: Number, default: 0 } }, { collection: 'guild_counters' })

/** The models of the bot, on a connection. */
export const modelsOn = (connection: Connection) => {
  const Creature = connection.model('Creature', creatureSchema)
  return {
    Campaign: connection.model('Campaign', campaignSchema),
    Character: connection.model('Character', characterSchema),
    Creature,
    Monster: Creature.discriminator('Monster', new Schema({ cr: Number, loot: [String] })),
    Hireling: Creature.discriminator('Hireling', new Schema({ wage: { type: Number, default: 2 }, boss: String })),
    Encounter: connection.model('Encounter', encounterSchema),
    Note: connection.model('Note', noteSchema),
    Roll: connection.model('Roll', rollSchema),
    Counter: connection.model('Counter', counterSchema),
  }
}

export type Models = ReturnType<typeof modelsOn>
