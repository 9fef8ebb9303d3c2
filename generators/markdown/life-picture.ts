import { unreachable } from '../kernel/bug.js'
import { mermaidLabel } from '../kernel/safe/mermaid.js'
import type { Entity } from '../model/entity.js'
import { type Act, type ActPlace, actsOf } from '../model/lifecycle.js'
import { dueLabel, setLabel, termsOf } from './act-labels.js'
import type { EventStep } from './event-steps.js'
import { wordsOf } from './names.js'

/** A state that rows may be in: in the table, with what steps have set, or in an archive. */
interface State {
  readonly id: string
  /** Null where the identifier says it. */
  readonly label: string | null
  readonly place: ActPlace
}

interface Drawn {
  readonly lines: readonly string[]
  readonly states: readonly State[]
  /** The states in which rows may still be. */
  readonly now: readonly State[]
}

const isOnePlace = (a: ActPlace, b: ActPlace): boolean =>
  a.kind === 'archive' ? b.kind === 'archive' && a.into === b.into : b.kind === 'rows'

const rows: ActPlace = { kind: 'rows' }

const numbered = (name: string, states: readonly State[], isAlike: (state: State) => boolean): string => {
  const count = states.filter(isAlike).length
  return name === 'archived' && count === 0 ? name : `${name}_${count + 1}`
}

/** Where an act leads rows; null out of the database. What is set alike, or archived to one place, is one state. */
const stateAfter = ({ action }: Act, states: readonly State[]): State | null => {
  switch (action.kind) {
    case 'set': {
      const label = setLabel(action)
      const isChanged = (state: State) => state.label !== null && state.place.kind === 'rows'
      return (
        states.find((state) => isChanged(state) && state.label === label) ?? {
          id: numbered('changed', states, isChanged),
          label,
          place: rows,
        }
      )
    }
    case 'archive': {
      const place: ActPlace = { kind: 'archive', into: action.into }
      const isArchive = (state: State) => state.place.kind === 'archive'
      return (
        states.find((state) => isOnePlace(state.place, place)) ?? {
          id: numbered('archived', states, isArchive),
          label: `in ${action.into}`,
          place,
        }
      )
    }
    case 'delete':
      return null
    default:
      return unreachable(action)
  }
}

/** Rows that do not meet an act's condition, or are among the newest, stay as they are. */
const leavesSome = ({ where, keptNewest }: Act): boolean => where !== null || keptNewest !== null

const draw = (drawn: Drawn, act: Act, clock: string | null): Drawn => {
  const to = stateAfter(act, drawn.states)
  const from = drawn.now.filter((state) => isOnePlace(state.place, act.place) && state !== to)
  const label = mermaidLabel([dueLabel(act, clock), ...termsOf(act)].join(', '))
  const arrows = from.map(({ id }) => `  ${id} --> ${to?.id ?? '[*]'}: ${label}`)
  const isNew = to !== null && !drawn.states.includes(to)
  const staying = leavesSome(act) ? drawn.now : drawn.now.filter((state) => !from.includes(state))
  return {
    lines: [
      ...drawn.lines,
      ...(isNew && to.label !== null ? [`  ${to.id}: ${mermaidLabel(to.label)}`] : []),
      ...arrows,
    ],
    states: isNew ? [...drawn.states, to] : drawn.states,
    now: to === null || staying.includes(to) ? staying : [...staying, to],
  }
}

const occasions = { 'guild-leave': 'the guild leaves', 'member-leave': 'a member leaves' } as const

const occasionOf = ({ event, rows, field }: EventStep): string => {
  if (rows.kind === 'pointing') return `its ${wordsOf(rows.to)} goes`
  return event === 'erase' ? `the person in ${field} is forgotten` : occasions[event]
}

const didLabel = ({ action }: EventStep): string => (action.kind === 'set' ? setLabel(action) : 'deleted')

/** What events do to rows in the table, in a note beside them; nothing where they keep all. */
const noteLines = (events: readonly EventStep[]): readonly string[] => {
  const acting = events.filter(({ place, action }) => place === 'rows' && action.kind !== 'keep')
  const lines = new Set(acting.map((step) => mermaidLabel(`${didLabel(step)} when ${occasionOf(step)}`)))
  return lines.size === 0 ? [] : [`  note right of kept : ${[...lines].join('<br/>')}`]
}

/** The life of a row as a Mermaid state diagram; null where rows do not change with age. */
export const lifePicture = (entity: Entity, events: readonly EventStep[]): string | null => {
  const acts = actsOf(entity)
  const lifecycle = entity.retention?.lifecycle
  if (acts.length === 0 || lifecycle?.kind !== 'steps') return null
  const kept: State = { id: 'kept', label: null, place: rows }
  const start: Drawn = {
    lines: ['stateDiagram-v2', '  direction LR', '  [*] --> kept'],
    states: [kept],
    now: [kept],
  }
  const drawn = acts.reduce((so, act) => draw(so, act, lifecycle.clock), start)
  return [...drawn.lines, ...noteLines(events)].join('\n')
}
