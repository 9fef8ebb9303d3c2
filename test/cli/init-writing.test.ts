import { expect, test } from 'vitest'
import { type Host, HostFailure } from '../../generators/pipeline/host.js'
import { type InitChoices, type InitPlan, planInit, writeInit } from '../../generators/pipeline/init/index.js'
import { memoryHost } from '../../generators/pipeline/memory-host.js'

const choices: InitChoices = {
  folder: 'schemas/bot',
  name: 'bot',
  modules: [],
  stores: ['postgres'],
  copy: false,
  module: null,
  imports: 'js',
  javascript: false,
}

const planned = async (host: Host): Promise<InitPlan> => {
  const { value } = await planInit(host, choices, () => '*', true)
  if (value === null) throw new Error('the plan holds')
  return value
}

/** A host whose disk is full after some writes. */
const fullAfter = (host: Host, writes: number): Host => {
  let left = writes
  const write: Host['files']['write'] = (root, folder, path, text) => {
    left -= 1
    if (left === -1) throw new HostFailure(path, 'the disk is full')
    host.files.write(root, folder, path, text)
  }
  return { ...host, files: { ...host.files, write } }
}

const before = (): Map<string, string> =>
  new Map([
    ['package.json', '{ "name": "bot" }\n'],
    ['.gitignore', '*.log\n'],
    ['schemas/bot/tag.yaml', 'entity: tag\n'],
  ])

test('a write that the disk refuses takes back all before it', async () => {
  const { changes } = await planned(memoryHost(before()))
  expect(changes.length).toBe(6)
  for (const writes of changes.keys()) {
    const files = before()
    const host = fullAfter(memoryHost(files), writes)
    const diagnostics = await writeInit(host, await planned(host))
    expect(diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
      `file-refused \`${changes[writes]?.path}\`: the disk is full`,
    ])
    expect(files).toEqual(before())
  }
})

test('what was changed since the plan was made is not overwritten', async () => {
  const files = before()
  const host = memoryHost(files)
  const plan = await planned(host)
  files.set('.gitignore', '*.tmp\n')
  const changed = new Map(files)
  expect((await writeInit(host, plan)).map(({ code }) => code)).toEqual(['file-refused'])
  expect(files).toEqual(changed)
})
