import { expect, test } from 'vitest'
import { output, withInputs } from './sample.js'

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
    expect(first).toContain('3 files, 3 written')
    expect(second).toContain('3 files, 2 written')
    expect(read(`${output}/json-schema/guild.json`)).toContain('A guild.')
  }),
)
