import { docComment, proseOf } from '../kernel/safe/typescript.js'
import { type Event, eventSubjects } from '../model/event.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { Store } from '../model/store.js'
import { type Code, code, joined, trusted } from './code.js'
import { argumentsCode } from './layout.js'
import { eventFunctions, eventsIn, hooksIn, retainedIn, subjectIdType } from './retention.js'
import { runtimeNamespace } from './runtime.js'

/** A call of a storage that belongs to no entity: `$forgetUser`. */
export interface StorageCall {
  readonly name: string
  /** The function of the store's `retention.ts` that it is. */
  readonly function: string
  readonly doc: string
  readonly parameters: Code
  /** What it resolves to. */
  readonly returned: Code
}

const runtime = (name: string): Code => code`${runtimeNamespace('v1')}.${trusted(name)}`

const eventDocs: Readonly<Record<Event, string>> = {
  'guild-leave': 'Does what the description says of a guild that the bot left. Returns what it did.',
  'member-leave': 'Does what the description says of a member who left a guild. Returns what it did.',
  erase: 'Forgets a person: deletes, changes or keeps what names them, by the rule of each field. Returns what it did.',
}

const eventCall = (event: Event): StorageCall => {
  const parameters = eventSubjects[event].map(
    (subject) => code`${trusted(subject)}: ${runtime('Given')}<${subjectIdType(subject)}>`,
  )
  return {
    name: `$${eventFunctions[event]}`,
    function: eventFunctions[event],
    doc: eventDocs[event],
    parameters: joined(parameters, ', '),
    returned: code`${runtime('Touched')}[]`,
  }
}

const runCall = (set: SchemaSet, store: Store, hooks: string): StorageCall => {
  const options = runtime('RetentionOptions')
  return {
    name: '$runRetention',
    function: 'runRetention',
    doc: 'Does what is due in all entities, batch after batch. What fails for one of them does not hold up the others.',
    parameters:
      hooksIn(set, store).length === 0
        ? code`options?: ${options}`
        : code`options: ${options} & { readonly hooks: ${trusted(hooks)} }`,
    returned: runtime('RetentionReport'),
  }
}

const planCall = (): StorageCall => ({
  name: '$planRetention',
  function: 'planRetention',
  doc: 'How many rows are due for what, now or at another time. Nothing is changed.',
  parameters: trusted('at?: Date'),
  returned: code`${runtime('DueRows')}[]`,
})

/** The calls of a store's storage that belong to no entity; `outerCalls` are not in transactions, since they make their own. */
export const storageCalls = (
  set: SchemaSet,
  store: Store,
  hooks = 'RetentionHooks',
): { readonly calls: readonly StorageCall[]; readonly outerCalls: readonly StorageCall[] } => {
  const isRun = retainedIn(set, store).length > 0
  return {
    calls: [...eventsIn(set, store).map(eventCall), ...(isRun ? [planCall()] : [])],
    outerCalls: isRun ? [runCall(set, store, hooks)] : [],
  }
}

/** A member of the interface of a storage. */
export const storageCallCode = ({ name, doc, parameters, returned }: StorageCall): Code =>
  code`${trusted(docComment(proseOf(doc), '  '))}  ${trusted(name)}${parameters.text === '' ? trusted('()') : argumentsCode([parameters])}: Promise<${returned}>\n`
