import { PassThrough, Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { expect, test } from 'vitest'
import { run } from '../../generators/cli/run.js'
import type { Stream } from '../../generators/cli/terminal.js'
import { cacheOf } from '../support/cli.js'
import { unattended } from '../support/terminal.js'
import { type Project, withProject } from './init-project.js'

const [enter, down, space, ctrlC] = ['\r', '\u001B[B', ' ', '\u0003']

/** What is typed when a question comes up: its words, then the keys. */
type Script = readonly (readonly [question: string, keys: readonly string[]])[]

const capture = (): { readonly stream: Stream; readonly text: () => string } => {
  const texts: string[] = []
  return {
    stream: { write: (text) => void texts.push(text), isTerminal: true, columns: 100 },
    text: () => texts.join(''),
  }
}

/** A screen that looks for the next question of the script in all that was written since the last, and types. */
const screenOf = (script: Script, input: PassThrough): { readonly output: Writable; readonly text: () => string } => {
  const left = [...script]
  let all = ''
  let since = ''
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      const text = stripVTControlCharacters(chunk.toString())
      all += text
      since += text
      const [next] = left
      if (next !== undefined && since.includes(next[0])) {
        since = ''
        left.shift()
        setImmediate(() => {
          for (const key of next[1]) input.write(key)
        })
      }
      done()
    },
  })
  return { output, text: () => all }
}

interface Told {
  readonly exitCode: number
  readonly stdout: string
  readonly screen: string
}

const tell = async ({ folder }: Project, args: readonly string[], script: Script): Promise<Told> => {
  const input = new PassThrough()
  const { output, text } = screenOf(script, input)
  const [stdout, stderr] = [capture(), capture()]
  const exitCode = await run(args, {
    workingFolder: folder,
    environment: { BOTSCHEMA_CACHE: cacheOf(folder), NO_COLOR: '1' },
    stdout: stdout.stream,
    stderr: stderr.stream,
    ...unattended,
    conversation: () => ({ input, output }),
  })
  return { exitCode, stdout: stdout.text(), screen: text() }
}

const [modules, stores, goOn] = ['What does the bot keep', 'Where is it kept?', 'Write this?']

test('at a terminal it asks for modules and stores, shows what it will write, and writes it', () =>
  withProject(async (project) => {
    const { exitCode, screen, stdout } = await tell(
      project,
      ['init'],
      [
        [modules, [down, down, space, down, space, enter]],
        [stores, [down, enter]],
        [goOn, [enter]],
      ],
    )
    expect(exitCode).toBe(0)
    expect(screen).toContain('Who belongs to which guild. Brings guilds, users.')
    expect(screen).toContain(
      'schemas/my-bot → generated/my-bot: takes in guilds, members\n  members brings guilds, users\n',
    )
    expect(screen).toContain('  write  schemas/my-bot/botschema.yaml\n')
    expect(stdout).toBe('Next: npm install, then npx botschema generate\n')
    const head = project.read('schemas/my-bot/botschema.yaml')
    expect(head).toContain('stores: [mongo]\n')
    expect(head).toContain('use:\n  - botschema:guilds\n  - botschema:members\n')
  }))

test('what was said is not asked', () =>
  withProject(async (project) => {
    const { exitCode, screen } = await tell(project, ['init', '--with', 'users', '--store', 'both'], [[goOn, ['y']]])
    expect(exitCode).toBe(0)
    expect(screen).not.toContain(modules)
    expect(project.files().has('schemas/my-bot/botschema.yaml')).toBe(true)
  }))

test.each([
  ['no', 'n', 0],
  ['Ctrl-C', ctrlC, 130],
])('%s as the answer to the plan writes nothing', (_title, key, exitCode) =>
  withProject(async (project) => {
    const told = await tell(project, ['init', '--with', 'users', '--store', 'both'], [[goOn, [key]]])
    expect(told.exitCode).toBe(exitCode)
    expect(project.files().size).toBe(0)
  }),
)

test('Ctrl-C at the first question ends the run', () =>
  withProject(async (project) => {
    expect(await tell(project, ['init'], [[modules, [ctrlC]]])).toMatchObject({ exitCode: 130, stdout: '' })
    expect(project.files().size).toBe(0)
  }))

test('a choice that contradicts itself is told before anything is asked of it', () =>
  withProject(async (project) => {
    const args = ['init', '--with', 'retention-brief,retention-lasting', '--store', 'both']
    const { exitCode, screen } = await tell(project, args, [])
    expect({ exitCode, screen }).toEqual({ exitCode: 2, screen: '' })
  }))

test.each([['--yes'], ['--json'], ['--dry-run']])('%s asks nothing, terminal or not', (option) =>
  withProject(async (project) => {
    const { exitCode, screen } = await tell(project, ['init', '--with', 'users', option], [])
    expect({ exitCode, screen }).toEqual({ exitCode: 0, screen: '' })
  }),
)
