import { describe, expect, test } from 'vitest'
import { printManifest, readManifest } from '../../../generators/pipeline/manifest.js'

const entries = [
  { path: 'zod/user.ts', hash: 'b'.repeat(64), definitions: ['entity user', 'enum "odd"'] },
  { path: 'zod/guild.ts', hash: 'a'.repeat(64), definitions: [] },
]

describe('manifest', () => {
  const text = printManifest('community', entries)

  test('is JSON with a line a file, sorted by path', () => {
    expect(Object.keys((JSON.parse(text) as { readonly files: object }).files)).toEqual(['zod/guild.ts', 'zod/user.ts'])
    expect(text.split('\n')).toHaveLength(9)
  })

  test('reads back as the hashes it vouches for', () => {
    expect(readManifest(text)).toEqual(new Map(entries.map(({ path, hash }) => [path, hash])))
    expect(readManifest(printManifest('empty', []))).toEqual(new Map())
  })

  test('vouches for nothing when a byte of it was changed', () => {
    for (const changed of [
      text.replace('aaaa', 'aaab'),
      text.slice(0, -1),
      `${text} `,
      text.replaceAll('\n', '\r\n'),
      '',
      '{}',
    ]) {
      expect(readManifest(changed)).toBeNull()
    }
  })
})
