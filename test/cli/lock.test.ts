import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withFolderLock } from '../../generators/cli/host/lock.js'
import { sha256 } from '../../generators/kernel/hash.js'
import { HostFailure } from '../../generators/pipeline/host.js'
import { inTemporaryFolder } from '../support/cli.js'

const { TMPDIR } = process.env

beforeEach(() => {
  delete process.env['TMPDIR']
})

afterEach(() => {
  if (TMPDIR === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = TMPDIR
})

/** A folder for locks of the test's own, and where the lock of `output` stands in it. */
const withLocks = (use: (folder: string, lock: string) => Promise<void>): Promise<void> =>
  inTemporaryFolder(async (folder) => {
    process.env['TMPDIR'] = join(folder, 'tmp')
    const locks = join(folder, 'tmp', `botschema-${process.getuid?.() ?? ''}`)
    mkdirSync(locks, { recursive: true, mode: 0o700 })
    await use(folder, join(locks, `${sha256(join(folder, 'output')).slice(0, 32)}.lock`))
  })

const work = (folder: string): Promise<string> => withFolderLock(folder, 'output', async () => 'done')

const long = new Date('2001-01-01T00:00:00Z')

test('a lock of a run that was killed is taken over', () =>
  withLocks(async (folder, lock) => {
    mkdirSync(lock)
    utimesSync(lock, long, long)
    expect(await work(folder)).toBe('done')
  }))

// Each of these was waited for without an end, or followed.
test.each([
  ['with something in it', (lock: string) => [mkdirSync(lock), writeFileSync(join(lock, 'a'), '')]],
  ['that is a file', (lock: string) => writeFileSync(lock, '')],
  ['that is a link', (lock: string) => symlinkSync('..', lock)],
])('a lock %s is refused', (form, make) =>
  withLocks(async (folder, lock) => {
    make(lock)
    if (form !== 'that is a link') utimesSync(lock, long, long)
    await expect(work(folder)).rejects.toThrow(HostFailure)
  }),
)

test('a lock that is taken away meanwhile takes nothing else with it', () =>
  withLocks(async (folder, lock) => {
    const taken = withFolderLock(folder, 'output', async () => {
      rmSync(lock, { recursive: true })
      return 'done'
    })
    expect(await taken).toBe('done')
  }))
