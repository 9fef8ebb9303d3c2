import type { Source, Span, Stretch } from './source.js'

/** A stretch of a source as it may be shown: each character of a secret as a dot, so that columns stay what they are. */
export const textShown = ({ text, secrets = [] }: Source, start: number, end: number): string => {
  const shown: string[] = []
  let at = start
  for (const secret of secrets) {
    const [from, to] = [Math.max(at, secret.start), Math.min(end, secret.end)]
    if (from >= to) continue
    shown.push(text.slice(at, from), text.slice(from, to).replace(/\S/g, '•'))
    at = to
  }
  return [...shown, text.slice(at, end)].join('')
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** Messages show long values by their beginning, which an ellipsis ends. */
const longest = 60

const beginnings = (text: string): readonly string[] =>
  Array.from({ length: Math.min(text.length, longest) }, (_, index) => `${text.slice(0, index + 1)}…`)

/** The ways in which a message may quote what was written: whole, without its quotes, word by word, by its beginning. */
const quotations = (written: string): readonly string[] => {
  const bare = written.trim().replace(/^(["'])([\s\S]*)\1$/, '$2')
  const words = bare.split(/[\s"'`{}[\],:]+/).filter((word) => word.length > 3)
  return [written.trim(), bare, ...words].filter((text) => /[\p{L}\p{N}]/u.test(text))
}

const isTouched = ({ start, end }: Stretch, at: Span): boolean =>
  start < Math.max(at.end, at.start + 1) && end > at.start

/** A message about a place, without the secrets that stand there. */
export const withoutSecrets = (message: string, at: Span | null): string => {
  const touched = (at?.source.secrets ?? []).filter((secret) => at !== null && isTouched(secret, at))
  if (at === null || touched.length === 0) return message
  const written = touched.flatMap(({ start, end }) => {
    const part = at.source.text.slice(Math.max(start, at.start), Math.min(end, at.end))
    return [...quotations(at.source.text.slice(start, end)), ...quotations(part)]
  })
  const any = [...new Set(written.flatMap((text) => [text, ...beginnings(text)]))]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|')
  if (any === '') return message
  return message.replace(new RegExp(`(?<![\\p{L}\\p{N}_])(?:${any})(?![\\p{L}\\p{N}_])`, 'gu'), '(encrypted)')
}
