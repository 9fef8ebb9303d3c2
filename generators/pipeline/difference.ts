import type { Host } from './host.js'
import type { OutputFile } from './join.js'
import { join } from './paths.js'

/** A unified diff from a file as it stands to the file as the set makes it. */
export interface Difference {
  readonly file: string
  readonly diff: string
}

/** Beyond this many changed lines a diff takes long and nobody reads it. */
const readableEdits = 2_000

export const differenceOf = async (host: Host, output: string, wanted: OutputFile): Promise<Difference> => {
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = await import('diff')
  const file = join(output, wanted.path)
  const standing = new TextDecoder().decode(host.files.read(file) ?? new Uint8Array())
  const diff = createTwoFilesPatch(file, file, standing, await wanted.text(), 'as it stands', 'as the set makes it', {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
    maxEditLength: readableEdits,
  })
  return {
    file,
    diff: diff ?? `--- ${file}\tas it stands\n+++ ${file}\tas the set makes it\n(too different to show)\n`,
  }
}
