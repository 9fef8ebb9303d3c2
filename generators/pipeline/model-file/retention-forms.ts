import type { JsonValue } from '../../model/origin.js'
import type {
  Age,
  Due,
  Erasure,
  EventRule,
  Lifecycle,
  Retention,
  Step,
  StepAction,
  Summary,
} from '../../model/retention.js'
import { expression, names } from './field-forms.js'
import {
  always,
  choice,
  type Form,
  json,
  listOf,
  nullOr,
  number,
  placed,
  placedVariants,
  plain,
  text,
  unless,
  variants,
} from './form.js'

const ageForm = plain<Age>({
  count: always(number),
  unit: always(choice('seconds', 'minutes', 'hours', 'days', 'weeks', 'months', 'years')),
})

const dueForm = placedVariants<Due>({
  after: { age: always(ageForm), of: always(text) },
  at: { field: always(text) },
})

type Setting = Extract<StepAction, { readonly kind: 'set' }>['values'][number]

const settings = listOf(
  plain<Setting>({ field: always(text), value: always(json<JsonValue | { readonly now: true }>()) }),
)

const actionForm = variants<StepAction>({
  set: { values: always(settings) },
  archive: { into: always(text) },
  delete: {},
})

const summaryForm = placed<Summary>({
  into: always(text),
  by: always(
    listOf(
      plain<Summary['by'][number]>({
        field: always(text),
        period: unless(null, nullOr(choice('hour', 'day', 'week', 'month', 'year'))),
      }),
    ),
  ),
  count: unless(null, nullOr(text)),
  aggregates: unless<Summary['aggregates']>(
    [],
    listOf(
      plain<Summary['aggregates'][number]>({
        function: always(choice('sum', 'min', 'max')),
        field: always(text),
        as: always(text),
      }),
    ),
  ),
})

const stepForm = placed<Step>({
  due: always(dueForm),
  where: unless(null, nullOr(expression)),
  action: always(actionForm),
  summarise: unless(null, nullOr(summaryForm)),
  before: unless(null, nullOr(text)),
})

const keepNewestForm = placed<NonNullable<Extract<Lifecycle, { kind: 'steps' }>['keepNewest']>>({
  count: always(number),
  per: unless<readonly string[]>([], names),
})

const lifecycleForm = placedVariants<Lifecycle>({
  forever: { because: always(text) },
  steps: {
    clock: unless(null, nullOr(text)),
    steps: unless<readonly Step[]>([], listOf(stepForm)),
    every: unless(null, nullOr(ageForm)),
    batch: unless(null, nullOr(number)),
    keepNewest: unless(null, nullOr(keepNewestForm)),
  },
})

const eventForm = placedVariants<EventRule>({
  delete: {},
  keep: { because: always(text) },
  set: { values: always(settings) },
})

const erasureForm = placed<Erasure>({
  field: always(text),
  rule: always(variants<Erasure['rule']>({ delete: {}, null: {}, keep: { because: always(text) } })),
})

export const retentionForm: Form<Retention> = placed<Retention>({
  lifecycle: unless(null, nullOr(lifecycleForm)),
  guildLeave: unless(null, nullOr(eventForm)),
  memberLeave: unless(null, nullOr(eventForm)),
  erase: unless<readonly Erasure[]>([], listOf(erasureForm)),
})
