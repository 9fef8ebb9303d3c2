/** What a reader of the README does, in its order: writes a file, or runs a command and sees what it prints. */
export type Step =
  | { readonly kind: 'file'; readonly path: string; readonly text: string }
  | { readonly kind: 'command'; readonly command: string; readonly prints: string }

const fence = /^```(\w+)\n([\s\S]*?)^```$/gm

/** A block whose first line is a comment with a path is a file. */
const fileIn = (block: string): Step | null => {
  const path = /^(?:#|\/\/) (\S+\.\w+)\n/.exec(block)?.[1]
  return path === undefined ? null : { kind: 'file', path, text: block }
}

const commandsIn = (block: string): readonly Step[] =>
  block
    .split(/^(?=\$ )/m)
    .map((part) => /^\$ (?<command>.*)\n(?<prints>[\s\S]*)$/.exec(part)?.groups ?? {})
    .map(({ command = '', prints = '' }) => ({ kind: 'command', command, prints }))

/** The steps of a section of Markdown: its `console` blocks, and the blocks that are files. */
export const stepsIn = (markdown: string, heading: string): readonly Step[] => {
  const [, section = ''] = markdown.split(`\n## ${heading}\n`)
  const [own = ''] = section.split(/^## /m)
  return [...own.matchAll(fence)].flatMap(([, language, block = '']) => {
    if (language === 'console') return commandsIn(block)
    return fileIn(block) ?? []
  })
}
