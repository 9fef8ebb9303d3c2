import { expect } from 'vitest'

/** Calls an emitted function by its name, with the database as its store. */
export type Call = (name: string, ...given: readonly unknown[]) => Promise<unknown>

/** Decimals and milliseconds wherever they may stand: keys, uniques, lists, objects, maps, unions, checks, computed. */
export const valueSet: Readonly<Record<string, string>> = {
  'botschema.yaml': 'name: money\noutput: out\ntargets: { markdown: false, json-schema: false }\n',
  'account.yaml': `
entity: account
fields:
  id: snowflake
  guild_id: snowflake(guild)
  balance: decimal(10, 2) = 0
  rate: decimal(20, 10)?
  huge: decimal(40, 2) = 1.5
  old: { type: "decimal(10, 2)", default: 0, mongo: { as: text } }
  prices: { type: "list<decimal(6, 2)>", default: [1.5] }
  limits: { type: "map<decimal(6, 2)>", default: { a: 2 } }
  either: { type: "union<decimal(6, 2), boolean>", default: 1.5 }
  wallet: { default: {}, fields: { gold: "decimal(10, 2) = 1", at: "timestamp(ms) = 2024-01-01" } }
  seen: timestamp(ms) = now
  since: timestamp(ms)?
  twice: { type: "decimal(12, 2)", generated: balance * 2 }
unique:
  - [guild_id, balance]
  - { fields: [rate], where: balance > 10 }
indexes:
  - [balance desc]
  - { fields: [seen], where: "balance <> 0" }
checks:
  positive: balance >= 0
  since_before: since is null or since <= seen
queries:
  rich:
    summary: Accounts of at least so much.
    params: { least: balance }
    returns: many
    columns: all
    mongo: { find: { balance: { $gte: ":least" } }, sort: { balance: -1 } }
    postgres: SELECT * FROM accounts WHERE balance >= :least ORDER BY balance DESC
`,
  'price.yaml': `
entity: price
key: [amount]
fields:
  amount: decimal(10, 2)
  note: text
`,
}

type Row = { readonly [name: string]: unknown }

const day = (text: string): Date => new Date(`${text}T00:00:00.000Z`)

const account = (id: string, balance: string | undefined, more: Row = {}): Row => ({
  id,
  guild_id: '1',
  ...(balance === undefined ? {} : { balance }),
  seen: day('2024-05-01'),
  ...more,
})

const ids = (page: unknown): readonly unknown[] => (page as { readonly rows: readonly Row[] }).rows.map(({ id }) => id)

const pagesOf = async (call: Call, list: string, more: Row = {}): Promise<readonly unknown[]> => {
  const all: unknown[] = []
  let after: unknown = null
  do {
    const page = (await call(list, { limit: 2, after, ...more })) as { readonly next: unknown }
    all.push(...ids(page))
    after = page.next
  } while (after !== null)
  return all
}

/** What is so of decimals and milliseconds in every store. */
export const oneValue: Readonly<Record<string, (call: Call) => Promise<void>>> = {
  'what is read is spelled in one way, whatever was written': async (call) => {
    const given = account('1', '1.5', {
      rate: '0.0000000001',
      huge: '12345678901234567890123456789012345.6',
      old: '2.5',
      prices: ['1', '2.5', '3.00'],
      limits: { x: '4', y: '-5.5' },
      either: '6',
      wallet: { gold: '7.1', at: day('2024-02-29') },
      since: day('2024-04-01'),
    })
    const row = {
      ...given,
      balance: '1.50',
      rate: '0.0000000001',
      huge: '12345678901234567890123456789012345.60',
      old: '2.50',
      prices: ['1.00', '2.50', '3.00'],
      limits: { x: '4.00', y: '-5.50' },
      either: '6.00',
      wallet: { gold: '7.10', at: day('2024-02-29') },
      twice: '3.00',
    }
    expect(await call('account.insert', given)).toEqual(row)
    expect(await call('account.get', '1')).toEqual(row)
    expect(await call('account.update', '1', { rate: '0', either: true })).toEqual({
      ...row,
      rate: '0.0000000000',
      either: true,
    })
    expect(await call('account.update', '1', { balance: '10' })).toMatchObject({ balance: '10.00', twice: '20.00' })
  },

  'defaults are spelled as all else is': async (call) => {
    expect(await call('account.insert', account('1', undefined))).toMatchObject({
      balance: '0.00',
      huge: '1.50',
      old: '0.00',
      prices: ['1.50'],
      limits: { a: '2.00' },
      either: '1.50',
      wallet: { gold: '1.00', at: day('2024-01-01') },
      since: null,
      twice: '0.00',
    })
  },

  'a unique takes two spellings for one value, and so do lookups and upserts': async (call) => {
    await call('account.insert', account('1', '1.5'))
    await expect(call('account.insert', account('2', '1.50'))).rejects.toMatchObject({ name: 'ConstraintError' })
    for (const balance of ['1.5', '1.50'])
      expect(await call('account.get', { guild_id: '1', balance })).toMatchObject({ id: '1' })
    await call('account.upsert', account('1', '1.50', { either: false }), { by: ['guild_id', 'balance'] })
    expect(await pagesOf(call, 'account.find')).toEqual(['1'])
  },

  'a partial unique is about the amounts that its condition says': async (call) => {
    await call('account.insert', account('1', '9', { rate: '0.5' }))
    await call('account.insert', account('2', '10.01', { rate: '0.50' }))
    await expect(call('account.insert', account('3', '11', { rate: '0.5' }))).rejects.toMatchObject({
      name: 'ConstraintError',
    })
    expect(await call('account.get', { rate: '0.5' })).toMatchObject({ id: '2' })
  },

  'lists, cursors and queries go by value': async (call) => {
    const amounts = { 1: '9', 2: '10', 3: '100.5', 4: '0.01', 5: '99.99', 6: '0' }
    for (const [id, amount] of Object.entries(amounts)) await call('account.insert', account(id, amount))
    expect(await pagesOf(call, 'account.find', { order: { balance: 'desc' } })).toEqual(['3', '5', '2', '1', '4', '6'])
    const rich = (await call('account.queries.rich', { least: '10.0' })) as readonly Row[]
    expect(rich.map(({ id, balance }) => [id, balance])).toEqual([
      ['3', '100.50'],
      ['5', '99.99'],
      ['2', '10.00'],
    ])
  },

  'moments are in order, and those without an amount are not in the list': async (call) => {
    const moments = { 1: '2024-05-03', 2: '1969-12-31', 3: '2024-05-01', 4: '9999-12-31', 5: '0001-01-01' }
    for (const [id, moment] of Object.entries(moments))
      await call('account.insert', account(id, id, { seen: day(moment) }))
    await call('account.insert', account('6', '0'))
    expect(
      await pagesOf(call, 'account.find', { order: { seen: 'asc' }, where: { balance: { not: '0.00' } } }),
    ).toEqual(['5', '2', '3', '1', '4'])
  },

  'checks compare amounts and moments': async (call) => {
    await expect(call('account.insert', account('1', '-0.01'))).rejects.toThrow()
    await call('account.insert', account('2', '9', { since: day('2024-05-01') }))
    await expect(call('account.update', '2', { since: day('2024-05-02') })).rejects.toThrow()
    await expect(call('account.update', '2', { balance: '-10' })).rejects.toThrow()
    expect(await call('account.get', '2')).toMatchObject({ balance: '9.00', since: day('2024-05-01') })
  },

  'what is no decimal, or has more digits, is refused': async (call) => {
    for (const wrong of ['', '1.234', '123456789.00', '-0', '01', '+1', '1e2', 'NaN', 1.5, null])
      await expect(call('account.insert', account('1', wrong as string)), String(wrong)).rejects.toMatchObject({
        name: 'ZodError',
      })
  },

  'a key is a value': async (call) => {
    await call('price.insert', { amount: '2.5', note: 'a' })
    await expect(call('price.insert', { amount: '2.50', note: 'b' })).rejects.toMatchObject({ name: 'ConstraintError' })
    expect(await call('price.get', '2.5')).toEqual({ amount: '2.50', note: 'a' })
    expect(await call('price.upsert', { amount: '2.50', note: 'c' })).toEqual({
      row: { amount: '2.50', note: 'c' },
      inserted: false,
    })
    expect(await call('price.delete', '2.5')).toEqual({ amount: '2.50', note: 'c' })
  },
}
