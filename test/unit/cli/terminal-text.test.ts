import { describe, expect, test } from 'vitest'
import { paintFor } from '../../../generators/cli/output/paint.js'
import { planText, runText } from '../../../generators/cli/retention/text.js'
import { inTemporaryFolder, writeFiles } from '../../support/cli.js'
import { runInProcess } from '../../support/in-process.js'
import { oddTexts } from '../../support/odd-texts.js'

const plain = paintFor(false)

/** What moves a terminal's cursor, hides what stands beside it or turns its direction. */
const disturbing = /[\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]|(?![\n\t])\p{Cc}/u

const hostile = [...oddTexts, '\u001B[2K\u001B[1A', '\u009B8m', '\r\u001B[31mfine', 'x'.repeat(5000)]

const at = new Date('2026-01-01T00:00:00Z')

describe('names of a set at a terminal', () => {
  test.each(hostile)('%j stays on its line of the plan and of the report', (name) => {
    const act = { entity: name, step: 1, from: name, into: name, due: `after 1 day of ${name}`, hook: name, rows: 3 }
    const acts = (['set', 'archive', 'delete'] as const).map((action) => ({ ...act, action, fields: [name, name] }))
    const due = acts.map((one) => ({ ...one, oldest: at, indexed: true }))
    const plan = planText({ folder: name, name, at, due }, plain)
    const run = runText({ folder: name, name, at, retired: acts, finished: true } as never, plain)
    for (const text of [plan, run]) expect(disturbing.exec(text)?.[0]).toBeUndefined()
    expect([plan, run].map((text) => text.trimEnd().split('\n').length)).toEqual([5, 4])
  })

  test('and in what commands say of it', () =>
    inTemporaryFolder(async (folder) => {
      const names = hostile.filter((name) => name.trim() !== '' && name.length < 60)
      const fields = names.map((name) => `  ${JSON.stringify(`${name} `)}: { type: string(5), unique: true }\n`)
      writeFiles(folder, {
        'set/botschema.yaml': 'name: odd\n',
        'set/note.yaml': `entity: note\nfields:\n  id: identity\n${fields.join('')}`,
      })
      const { stdout, stderr } = await runInProcess(folder, ['validate', '--verbose'])
      expect(stdout).toContain('⟨U+001B⟩')
      expect([stdout, stderr].map((text) => disturbing.exec(text)?.[0])).toEqual([undefined, undefined])
    }))
})
