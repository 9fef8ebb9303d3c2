import { describe, expect, it } from 'vitest'
import { emitted, setOf, viewOf } from '../../support/schema-sql.js'

const sale = (summary: string) =>
  setOf(`
entity: sale
fields:
  id: identity
  shop: { type: text?, max_length: 100 }
  price: decimal(8, 2)
  weight: { type: integer, max: 10 }
  sold_at: timestamp
retention:
  clock: sold_at
  steps:
    - after: 1 year
      delete: true
      summarise: { into: sale_summaries, ${summary} }
`)

const summaryOf = (summary: string) => viewOf(sale(summary)).schema.tables.find(({ role }) => role === 'summary')

describe('tables of what is left of deleted rows', () => {
  it('have a column for each group, and one for each count, sum, least and greatest value', () => {
    const table = summaryOf(
      'by: [shop, month(sold_at)], count: sales, sum: { total: price, load: weight }, min: { first_at: sold_at }, max: { top: price }',
    )
    expect(table?.name).toBe('sale_summaries')
    expect(table?.columns.map(({ name, type, notNull, default: given }) => [name, type.text, notNull, given])).toEqual([
      ['shop', 'text', false, null],
      ['sold_at_month', 'timestamptz(3)', true, null],
      ['sales', 'bigint', true, '0'],
      ['total', 'numeric(23, 2)', true, '0'],
      ['load', 'bigint', true, '0'],
      ['first_at', 'timestamptz(3)', false, null],
      ['top', 'numeric(8, 2)', false, null],
    ])
  })

  it('have one row for each group, of which null is one', async () => {
    const sql = await emitted(sale('by: [shop, month(sold_at)], count: sales'))
    expect(sql).toContain(
      'CONSTRAINT sale_summaries_shop_sold_at_month_key UNIQUE NULLS NOT DISTINCT (shop, sold_at_month)',
    )
    expect(sql).toContain(
      `COMMENT ON COLUMN public.sale_summaries.sold_at_month IS 'The month of sold_at, by its first moment.'`,
    )
  })

  it('may not have the name of another table', () => {
    expect(viewOf(sale('by: [shop]')).codes).toEqual([])
    const clash = sale('by: [shop]').entities.map((entity) => ({ ...entity, table: 'sale_summaries' }))
    expect(viewOf({ ...sale('by: [shop]'), entities: clash }).codes).toContain('name-clash')
  })
})
