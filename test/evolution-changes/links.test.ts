import { describe, expect, it } from 'vitest'
import { linksOf, lostLinks } from '../../generators/pipeline/changes/links.js'
import { setOf, type Texts } from './compared.js'

const lost = async (before: Texts, after: Texts): Promise<readonly string[]> => {
  const [was, is] = [setOf(before), setOf(after)]
  return lostLinks(await linksOf(was), await linksOf(is), is.origin).map(({ subject }) => subject)
}

const user = {
  'user.yaml': 'entity: user\nfields:\n  id: snowflake\n  place: { type: object, fields: { town: text } }\n',
}
const pet = { 'pet.yaml': 'entity: pet\nfields:\n  id: snowflake\n' }

describe('links into the docs', () => {
  it('lead where they led when a field comes', async () => {
    const more = { 'user.yaml': `${user['user.yaml']}  name: text\n` }
    expect(await lost(user, more)).toEqual([])
  })

  it('to a page that is gone are told once, without its headings', async () => {
    const links = await lost({ ...user, ...pet }, user)
    expect(links).toContain('link markdown/pet.md')
    expect(links.filter((link) => link.startsWith('link markdown/pet.md#'))).toEqual([])
  })

  it('to a heading that is gone are told', async () => {
    const plain = { 'user.yaml': 'entity: user\nfields:\n  id: snowflake\n' }
    expect(await lost(user, plain)).toEqual(['link markdown/user.md#place'])
  })
})
