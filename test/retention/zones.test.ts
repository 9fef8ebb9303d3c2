import { afterAll, beforeAll, expect, it } from 'vitest'
import { ownSet, setOfTexts } from './emitted-sets.js'
import { livesSet } from './lives-set.js'
import { proveBoundaries } from './prove-boundaries.js'
import { openEngines } from './worlds.js'

const engines = await openEngines()
const zone = process.env['TZ']

/** A zone of neither of the sessions, three quarters of an hour off. */
beforeAll(() => {
  process.env['TZ'] = 'Asia/Kathmandu'
})

afterAll(async () => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
  for (const engine of engines) await engine.close()
})

it('no zone has a say in what is due: neither that of the process nor that of a session', async () => {
  expect(new Date('2092-02-29T00:00:00Z').getMinutes()).toBe(45)
  for (const emitted of [await ownSet('community'), await setOfTexts(livesSet)]) {
    for (const engine of engines) {
      const world = await engine.worldOf(emitted)
      const sessions = world.postgres === null ? [''] : ['Pacific/Auckland', 'America/St_Johns']
      for (const session of sessions) {
        await world.postgres?.sql(`SET TimeZone = '${session}'`)
        await proveBoundaries([world])
      }
    }
  }
})
