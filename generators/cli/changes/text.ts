import { audiences } from '../../evolution/index.js'
import { visibleLine } from '../../kernel/safe/visible.js'
import type { ChangedSet, ChangeJson } from '../../pipeline/changes/index.js'
import { countOf } from '../output/findings.js'
import type { Paint } from '../output/paint.js'

/** What fits on a screen with a summary of each set. */
const shown = 20

const isBreaking = ({ breaks }: ChangeJson): boolean => breaks.length > 0

const headOf = ({ changes, folder, from, isNew, questions }: ChangedSet, paint: Paint): string => {
  const name = paint.bold(visibleLine(folder))
  if (isNew) return `${name}: new since ${visibleLine(from)}`
  if (changes.length + questions.length === 0) return `${name}: ${paint.green('no changes')} since ${visibleLine(from)}`
  if (changes.length === 0)
    return `${name}: ${paint.red(countOf(questions.length, 'open question'))} since ${visibleLine(from)}`
  const broken = changes.filter(isBreaking).length
  const verdict = broken === 0 ? paint.green('none breaks anything') : paint.red(`${broken} breaking`)
  const open = questions.length === 0 ? '' : `; ${paint.red(countOf(questions.length, 'open question'))}`
  return `${name}: ${countOf(changes.length, 'change')} since ${visibleLine(from)}, ${verdict}${open}`
}

const countsOf = (changes: readonly ChangeJson[]): readonly string[] => {
  const counts = audiences.map((audience) => {
    const count = changes.filter(({ breaks }) => breaks.includes(audience)).length
    return `${audience} ${count}`
  })
  return changes.some(isBreaking) ? [`  breaks: ${counts.join(' · ')}`] : []
}

const lineOf = ({ breaks, kind, subject, what }: ChangeJson, paint: Paint): string => {
  const said = what === '' ? '' : `: ${visibleLine(what)}`
  const broken = breaks.length === 0 ? '' : paint.red(` (breaks ${breaks.join(', ')})`)
  return `  ${kind.padEnd(8)} ${visibleLine(subject)}${said}${broken}`
}

interface Asked {
  /** What breaks somebody was told as findings. */
  readonly isFailing: boolean
  readonly isWhole: boolean
}

/** What an edit means, on one screen unless all is asked for. */
export const changesText = (set: ChangedSet, { isFailing, isWhole }: Asked, paint: Paint): string => {
  const { changes, isNew } = set
  if (isNew) return `${headOf(set, paint)}\n`
  const open = changes.filter((one) => !isFailing || !isBreaking(one))
  const told = isWhole ? open : open.slice(0, shown)
  const left = open.length - told.length
  const rest = left === 0 ? [] : [`  … ${countOf(left, 'more change')}; \`--verbose\` shows all`]
  return [headOf(set, paint), ...countsOf(changes), ...told.map((one) => lineOf(one, paint)), ...rest]
    .map((line) => `${line}\n`)
    .join('')
}
