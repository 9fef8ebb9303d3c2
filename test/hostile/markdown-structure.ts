/** What stands at the start of a text and is no Markdown: an escape, a code span, code as HTML. */
const spanAt = (text: string): string | undefined => {
  const plain = /^(?:\\[!-/:-@[-`{-~]|<code>.*?<\/code>)/.exec(text)?.[0]
  const run = /^`+/.exec(text)?.[0]
  if (plain !== undefined || run === undefined) return plain
  const close = [...text.slice(run.length).matchAll(/`+/g)].find((match) => match[0] === run)
  return close === undefined ? run : text.slice(0, close.index + 2 * run.length)
}

/** A line without its escapes and its code, in which no Markdown is read; what comes first counts, as CommonMark has it. */
const withoutCode = (line: string): string => {
  let left = ''
  for (let at = 0; at < line.length; ) {
    const span = spanAt(line.slice(at))
    if (span === undefined) left += line.charAt(at)
    at += span?.length ?? 1
  }
  return left
}

/** The cells of a table's row: for GFM a pipe ends one even in code, unless a backslash stands before it. */
const cellsIn = (line: string): number => (line.match(/(?<!\\)(?:\\\\)*\|/g) ?? []).length - 1

const kindOf = (line: string): string => {
  if (line.trim() === '') return ''
  const heading = /^#{1,6} /.exec(line)?.[0]
  if (heading !== undefined) return heading.trim()
  if (line.startsWith('|')) return `row of ${cellsIn(line)}`
  if (/^(?:[-*+]|\d+[.)])\s/.test(line)) return 'item'
  if (/^ *(?:>|:::|<|={2,}|-{3,}|\*{3,}|import |export )/.test(line)) return `other ${line.slice(0, 3)}`
  return 'text'
}

/** Signs of HTML and of expressions of MDX that stand in the text of a line. */
const signsIn = (line: string): string => withoutCode(line).replace(/[^<>{}]/g, '')

/** The kinds of a page's lines in their order, with the signs in them; a block of code is its language and its number of lines. */
export const structureOf = (page: string): readonly string[] => {
  const found: string[] = []
  let fence: { readonly end: string; readonly name: string; lines: number } | null = null
  for (const line of page.split('\n')) {
    const open = /^ *(`{3,}|~{3,})(.*)$/.exec(line)
    if (fence !== null) {
      if (line.trim() === fence.end) {
        found.push(`code ${fence.name} of ${fence.lines}`)
        fence = null
      } else fence.lines += 1
    } else if (open !== null) fence = { end: open[1] ?? '', name: open[2] ?? '', lines: 0 }
    else {
      const kind = `${kindOf(line)}${signsIn(line)}`
      if (kind !== '' && !(kind === 'text' && found.at(-1) === 'text')) found.push(kind)
    }
  }
  if (fence !== null) found.push('code that is never closed')
  return found
}

/** The lines of a page's pictures, without what stands in labels. */
export const picturesIn = (page: string): readonly string[] =>
  [...page.matchAll(/^```mermaid\n([\s\S]*?)\n```$/gm)].flatMap(([, picture = '']) =>
    picture.split('\n').map((line) => line.replace(/"[^"]*"/g, '""').replace(/: .*$/, ': …')),
  )
