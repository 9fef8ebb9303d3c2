import { expect, test } from 'vitest'
import { discoverSets } from '../../../generators/pipeline/discover.js'
import { memoryHost } from '../../../generators/pipeline/memory-host.js'

const host = memoryHost(
  new Map([
    ['bot/botschema.yaml', 'name: bot\n'],
    ['other/botschema.yml', 'name: other\n'],
    ['empty/readme.md', ''],
  ]),
)

test.each([
  [['bot'], { folders: ['bot'], missed: [] }],
  [['other'], { folders: [], missed: [{ code: 'yml-file', path: 'other/botschema.yml' }] }],
  [['other/botschema.yml'], { folders: [], missed: [{ code: 'yml-file', path: 'other/botschema.yml' }] }],
  [['empty'], { folders: [], missed: [{ code: 'no-set', path: 'empty' }] }],
  [['nothing'], { folders: [], missed: [{ code: 'no-such-folder', path: 'nothing' }] }],
  // A set that is left out is told although others were found.
  [[], { folders: ['bot'], missed: [{ code: 'yml-file', path: 'other/botschema.yml' }] }],
])('the sets of %j', (paths, expected) => {
  expect(discoverSets(host, paths)).toEqual(expected)
})
