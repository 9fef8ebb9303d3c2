import { expect, test } from 'vitest'
import { output, sampleSet, withInputs } from './sample.js'

const reports = (stdout: string): number => stdout.match(/schemas\/community/g)?.length ?? 0

test('--watch generates again when a definition changes, not when an output does', { timeout: 60_000 }, () =>
  withInputs(async ({ edit, read, run }) => {
    let edits = 0
    const watched = await run(['generate', '--watch'], {
      printed: (stdout, kill) => {
        if (reports(stdout) === 1 && edits === 0) {
          edits = 1
          edit('schemas/community/guild.yaml', 'A server.', 'A guild.')
        } else if (reports(stdout) === 2 && edits === 1) {
          edits = 2
          edit('schemas/community/guild.yaml', 'snowflake', 'snowflak')
        } else if (stdout.includes('unknown-type')) kill('SIGINT')
      },
    })
    expect(watched).toMatchObject({ exitCode: 130, stderr: '' })
    const [first, second] = watched.stdout.split('\n')
    expect(first).toContain('4 files, 4 written')
    expect(second).toContain('4 files, 3 written')
    expect(read(`${output}/json-schema/guild.json`)).toContain('A guild.')
  }),
)

test('--watch sees what a set takes in from elsewhere', { timeout: 60_000 }, () =>
  withInputs(async ({ edit, read, run, write }) => {
    const root = sampleSet['schemas/community/botschema.yaml']
    write('schemas/community/botschema.yaml', `${root}use: [../../common]\n`)
    write('common/module.yaml', 'module: common\n')
    write('common/note.yaml', 'entity: note\nsummary: A note.\nfields:\n  id: snowflake\n')
    let edited = false
    const watched = await run(['generate', '--watch', 'schemas'], {
      printed: (stdout, kill) => {
        if (reports(stdout) === 2) kill('SIGINT')
        else if (reports(stdout) === 1 && !edited) {
          edited = true
          edit('common/note.yaml', 'A note.', 'A remark.')
        }
      },
    })
    expect(watched).toMatchObject({ exitCode: 130, stderr: '' })
    expect(read(`${output}/json-schema/note.json`)).toContain('A remark.')
  }),
)
