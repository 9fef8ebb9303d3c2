import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { botschema, inTemporaryFolder, type Run, type RunOptions, writeFiles } from '../support/cli.js'

/** A small set with the target that loads quickest: these tests are about files, not about what is in them. */
export const sampleSet: Readonly<Record<string, string>> = {
  'schemas/community/botschema.yaml':
    'name: community\noutput: ../../output\nstores: [postgres]\ntargets: { postgres: false, zod: false, typescript: false, markdown: false }\n',
  'schemas/community/guild.yaml':
    'entity: guild\nsummary: A server.\nfields:\n  id: snowflake\n  name: string(100)\n  created_at: timestamp = now\n',
  'schemas/community/member.yaml':
    'entity: member\nsummary: A user in a guild.\nkey: [guild_id, user_id]\nfields:\n  guild_id: ref(guild)\n  user_id: snowflake(user)\n',
}

export const output = 'output/community'

export interface Sample {
  readonly folder: string
  readonly run: (args: readonly string[], options?: RunOptions) => Promise<Run>
  readonly path: (path: string) => string
  readonly read: (path: string) => string
  readonly write: (path: string, text: string) => void
  /** Replaces text in a file, which must be there. */
  readonly edit: (path: string, from: string, to: string) => void
}

const sampleIn = (folder: string): Sample => {
  const path = (below: string): string => join(folder, below)
  const read = (below: string): string => readFileSync(path(below), 'utf8')
  return {
    folder,
    path,
    read,
    run: (args, options) => botschema(folder, args, options),
    write: (below, text) => writeFiles(folder, { [below]: text }),
    edit: (below, from, to) => {
      const text = read(below)
      if (!text.includes(from)) throw new Error(`${below} does not hold ${from}`)
      writeFileSync(path(below), text.replace(from, to))
    },
  }
}

/** The sample set in a folder of its own, its outputs generated. */
export const withSample = (use: (sample: Sample) => Promise<void>): Promise<void> =>
  inTemporaryFolder(async (folder) => {
    writeFiles(folder, sampleSet)
    const sample = sampleIn(folder)
    const { exitCode, stdout } = await sample.run(['generate'])
    if (exitCode !== 0) throw new Error(stdout)
    await use(sample)
  })

/** Only the YAML of the sample set, nothing generated. */
export const withInputs = (use: (sample: Sample) => Promise<void>): Promise<void> =>
  inTemporaryFolder((folder) => {
    writeFiles(folder, sampleSet)
    return use(sampleIn(folder))
  })

/** The codes of a run's `--json` document. */
export const codesOf = ({ stdout }: Run): readonly string[] => {
  const document = JSON.parse(stdout) as {
    readonly diagnostics: readonly { readonly code: string; readonly file: string }[]
  }
  return document.diagnostics.map(({ code, file }) => `${code} ${file}`)
}
