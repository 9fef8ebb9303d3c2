import {
  type SetChange as Change,
  type Conflict,
  compareSets,
  type Question,
  type SetChanges,
} from '../../evolution/index.js'
import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import { positionOf, wholeOf } from '../../kernel/source.js'
import type { Origin } from '../../model/origin.js'
import type { SchemaSet } from '../../model/schema-set.js'
import { compileFolder } from '../compile.js'
import { guarded } from '../guard.js'
import type { Host } from '../host.js'
import { isRefused, readModel } from '../model-file/read.js'
import type { Earlier, EarlierText } from './earlier.js'
import { linksOf, lostLinks } from './links.js'

interface Placed {
  readonly file: string
  readonly line: number
}

/** A change as `--json` has it. */
export interface ChangeJson extends Omit<Change, 'at'>, Placed {}

/** One reading of what is gone beside something new, and what to write for it to be the one that is meant. */
export interface Reading {
  readonly meaning: 'renamed' | 'gone'
  /** What it was renamed to. */
  readonly to: string | null
  readonly write: string
  readonly in: string
}

/** A question as `--json` has it. */
export interface QuestionJson extends Omit<Question, 'at' | 'candidates'>, Placed {
  readonly readings: readonly Reading[]
}

/** What an edit of a set means, as `--json` has it. */
export interface ChangedSet {
  readonly folder: string
  readonly name: string
  readonly output: string
  readonly from: string
  /** No outputs of the set stood there earlier. */
  readonly isNew: boolean
  readonly changes: readonly ChangeJson[]
  readonly questions: readonly QuestionJson[]
}

/** `outcome` is null where nothing could be compared. */
export interface Changed {
  readonly diagnostics: readonly Diagnostic[]
  /** What breaks somebody, as findings: whether they are some is asked for. */
  readonly breaking: readonly Diagnostic[]
  readonly outcome: ChangedSet | null
}

const placeOf = ({ source, start }: Origin): Placed => ({ file: source.path, line: positionOf(source, start).line })

const ownerWords = ({ owner, thing }: Question): string => {
  if (owner === null) return 'botschema.yaml'
  return thing === 'value' ? `the enum \`${owner}\`` : `\`${owner}\``
}

const readingsOf = (question: Question): readonly Reading[] => [
  ...question.candidates.map(
    ({ name }): Reading => ({ meaning: 'renamed', to: name, write: `was: ${question.gone}`, in: name }),
  ),
  { meaning: 'gone', to: null, write: `gone: [${question.gone}]`, in: ownerWords(question) },
]

const questionJson = (question: Question): QuestionJson => {
  const { gone, owner, thing } = question
  return { thing, owner, gone, readings: readingsOf(question), ...placeOf(question.at) }
}

const changeJson = ({ at, ...change }: Change): ChangeJson => ({ ...change, ...placeOf(at) })

/** A question as a finding. */
export const askedOf = (question: Question): Diagnostic =>
  report('rename-or-gone', question.at, {
    thing: question.thing,
    gone: question.gone,
    candidates: question.candidates.map(({ name }) => name),
    owner: ownerWords(question),
  })

export const conflictOf = ({ at, name, was }: Conflict): Diagnostic => report('rename-of-another', at, { name, was })

const breakOf = ({ at, breaks, kind, subject, what }: Change): Diagnostic =>
  report('breaking-change', at, { kind, subject, what, breaks })

const withLinks = async (before: SchemaSet, after: SchemaSet, found: SetChanges): Promise<SetChanges> => {
  if (before.targets.markdown === null || after.targets.markdown === null) return found
  const lost = lostLinks(await linksOf(before), await linksOf(after), after.origin)
  return { ...found, changes: [...found.changes, ...lost] }
}

const newSet = (set: SchemaSet): SetChanges => ({
  changes: [{ kind: 'added', subject: `set ${set.name}`, what: '', breaks: [], at: set.origin }],
  questions: [],
  conflicts: [],
})

const compared = async (set: SchemaSet, earlier: EarlierText, from: string): Promise<SetChanges | Diagnostic> => {
  const root = wholeOf(set.origin.source)
  switch (earlier.kind) {
    case 'refused':
      return report('earlier-model-refused', root, { from, problem: earlier.reason, isNewer: false })
    case 'none':
      return earlier.isNew ? newSet(set) : report('no-earlier-model', root, { from })
    case 'text': {
      const before = readModel(earlier.path, earlier.text)
      return isRefused(before)
        ? report('earlier-model-refused', root, { from, problem: before.problem, isNewer: before.kind === 'newer' })
        : withLinks(before, set, compareSets(before, set))
    }
  }
}

const change = async (host: Host, folder: string, earlier: Earlier): Promise<Changed> => {
  const { diagnostics, output, set } = compileFolder(host, folder)
  if (set === null) return { diagnostics, breaking: [], outcome: null }
  const text = await earlier.read(output, set.name)
  const found = await compared(set, text, earlier.from)
  if ('code' in found) return { diagnostics: [...diagnostics, found], breaking: [], outcome: null }
  const { changes, conflicts, questions } = found
  return {
    diagnostics: [...diagnostics, ...questions.map(askedOf), ...conflicts.map(conflictOf)],
    breaking: changes.filter(({ breaks }) => breaks.length > 0).map(breakOf),
    outcome: {
      folder,
      name: set.name,
      output,
      from: earlier.from,
      isNew: text.kind === 'none',
      changes: changes.map(changeJson),
      questions: questions.map(questionJson),
    },
  }
}

/** What has become of a set since an earlier commit or folder. Meets no database, and writes nothing. */
export const changesOfSet = (host: Host, folder: string, earlier: Earlier): Promise<Changed> =>
  guarded(
    () => change(host, folder, earlier),
    (diagnostic): Changed => ({ diagnostics: [diagnostic], breaking: [], outcome: null }),
  )
