import { largestReal } from '../../model/bounds.js'
import type { Reference } from '../../model/entity.js'
import { fieldsRead } from '../../model/expression.js'
import type { Field } from '../../model/field.js'
import { isKeyField } from '../../model/lookup.js'
import type { TargetId } from '../../model/options.js'
import type { SchemaSet } from '../../model/schema-set.js'
import type { TargetLoss } from '../units.js'
import type { JudgeId, Probe, Question, Verdict } from './judges/judge.js'
import { breaksAlone, breaksChecks, leavingTheirTypes } from './rows/checks.js'
import { changedField } from './rows/given.js'

/** A judge's verdict that is not what the validators said. */
export interface Difference {
  readonly judge: JudgeId
  readonly verdict: Verdict
  readonly probe: Probe
  /** What everyone said. */
  readonly verdicts: ReadonlyMap<JudgeId, Verdict>
}

export interface Setting {
  readonly set: SchemaSet
  readonly losses: readonly TargetLoss[]
}

/** A rule by which a difference is none of the promise. Each use is counted. */
export interface Excuse {
  readonly id: string
  /** What it is an excuse for, where that is more than the row itself. */
  readonly about?: Question
  readonly reason: string
  readonly covers: (difference: Difference, setting: Setting) => boolean
}

const isPostgres = (judge: JudgeId): boolean => judge.startsWith('Postgres')

const isNamed = ({ losses }: Setting, target: TargetId, feature: TargetLoss['feature']): boolean =>
  losses.some((loss) => loss.target === target && loss.feature === feature)

const targetOf = (judge: JudgeId): TargetId => {
  if (judge.startsWith('JSON')) return 'json-schema'
  if (judge.startsWith('Mongo')) return 'mongoose'
  return isPostgres(judge) ? 'postgres' : 'zod'
}

/** What is given in code at a probe's corner; `undefined` where there is no such form, or nothing is given. */
const givenAt = ({ corner }: Probe): unknown =>
  corner === null || corner.missing !== null || corner.value.kind !== 'leaf' ? undefined : corner.value.forms.code

/** A number within its bounds that rounding to single precision changes. */
const isRounded = (probe: Probe): boolean => {
  const [type, value] = [probe.corner?.type, givenAt(probe)]
  if (type?.kind !== 'float' || type.width !== 'real' || typeof value !== 'number') return false
  return value >= (type.min ?? -largestReal) && value <= (type.max ?? largestReal) && Math.fround(value) !== value
}

/** Bytes, an instant, or a decimal that has bounds: what only conditions limit. */
const isLimitedByConditions = (probe: Probe): boolean => {
  const [type, value] = [probe.corner?.type, givenAt(probe)]
  if (type?.kind === 'decimal') return typeof value === 'string' && (type.min !== null || type.max !== null)
  return value instanceof Uint8Array || value instanceof Date
}

/** Whether a value of JSON has a key that Mongoose leaves out of its copies. */
const hasDroppedKey = (value: unknown): boolean =>
  value instanceof Object && /"(?:__proto__|constructor|prototype)":/.test(JSON.stringify(value))

const isHeldReference = ({ entity }: Probe, field: string | undefined): boolean =>
  entity.references.some(({ fields, enforced }: Reference) => enforced && fields.length === 1 && fields[0] === field)

/** Whether an update sets all that a computed field is computed from. */
const setsAllRead =
  ({ patch }: Probe) =>
  ({ generated }: Field): boolean =>
    generated !== null &&
    fieldsRead(generated).every(([read]) => patch?.members.some(({ name }) => name === read) === true)

const isKeyOf = (probe: Probe): boolean => {
  const field = changedField(probe)
  return field !== null && isKeyField(probe.entity, field) && !field.immutable
}

/** Accepted as another value, which is a valid one. */
const becameAnother = (verdict: Verdict | undefined): boolean =>
  verdict?.kind === 'accepted' && verdict.stored?.became === 'another'

/** The same, or as the same value in other characters. */
const isCoerced = (verdict: Verdict): boolean =>
  becameAnother(verdict) || (verdict.kind === 'accepted' && verdict.stored?.became === 'respelt')

/** Whether emitted code alone holds what a probe changes: the field, or the whole row where no field of it is changed. */
const isHeldInCode = (judge: JudgeId, probe: Probe): boolean => {
  const field = changedField(probe)
  if (judge === 'Mongo validator' && probe.entity.mongo.validationLevel === 'off') return true
  return (field ?? probe.entity).enforce === 'code'
}

const isStore = (judge: JudgeId): boolean => isPostgres(judge) || judge === 'Mongo validator'

const inCode =
  'Under `enforce: code` a store takes at least what emitted code takes; what it takes beside that is a named loss.'

export const excuses: readonly Excuse[] = [
  {
    id: 'enforced-in-code',
    reason: inCode,
    covers: ({ judge, verdict, probe }) => isStore(judge) && verdict.kind === 'accepted' && isHeldInCode(judge, probe),
  },
  {
    id: 'changed-under-code',
    about: 'forbidden',
    reason: inCode,
    covers: ({ judge, verdict, probe }) =>
      judge === 'Postgres update' &&
      verdict.kind === 'accepted' &&
      changedField(probe)?.immutable === true &&
      isHeldInCode(judge, probe),
  },
  {
    id: 'coerced',
    reason: "Postgres' input syntax made another value of it, which is a valid one, and stored that.",
    covers: ({ judge, verdict }) => isPostgres(judge) && isCoerced(verdict),
  },
  {
    id: 'one-number-in-bson',
    reason:
      "BSON's whole numbers are a bigint or a number in code as a driver is told; the codec makes the field's own of either.",
    covers: ({ judge, verdicts }) =>
      (judge === 'Zod Mongo codec' || judge === 'Mongo validator') && becameAnother(verdicts.get('Zod Mongo codec')),
  },
  {
    id: 'held-by-reference',
    reason: 'What a foreign key holds was checked where it points at; the keys rest while rows are judged alone.',
    covers: ({ judge, verdict, probe }) =>
      isPostgres(judge) && verdict.kind === 'accepted' && isHeldReference(probe, changedField(probe)?.name),
  },
  {
    id: 'rounded-to-zero',
    reason:
      'Postgres refuses a number of a vector that single precision rounds to 0; emitted code rounds it before it is sent.',
    covers: ({ judge, verdict, probe }) =>
      isPostgres(judge) &&
      probe.corner?.type.kind === 'vector' &&
      verdict.kind === 'refused' &&
      verdict.words.endsWith('is out of range for type real'),
  },
  {
    id: 'across-fields',
    reason:
      'A predicate across fields is a named loss of JSON Schema; of an update it is known only where the rest of the row is.',
    covers: ({ judge, verdict, probe, verdicts }, { set }) =>
      verdict.kind === 'accepted' &&
      breaksChecks(set, probe.entity, probe.row) &&
      (judge.startsWith('JSON Schema') ||
        (judge === 'Zod patch' && !breaksAlone(set, probe)) ||
        (judge === 'Mongoose update' &&
          (verdicts.get('Mongo validator')?.kind === 'refused' || probe.entity.mongo.validationLevel === 'off'))),
  },
  {
    id: 'single-precision',
    reason:
      'That a number survives rounding to single precision is a named loss of JSON Schema and of validators in Mongo.',
    covers: ({ judge, verdict, probe }, setting) =>
      (judge.startsWith('JSON Schema') || judge === 'Mongo validator') &&
      verdict.kind === 'accepted' &&
      isRounded(probe) &&
      isNamed(setting, targetOf(judge), 'limits'),
  },
  {
    id: 'checks-in-union',
    reason: 'The checks of objects in a union are a named loss of validators in Mongo.',
    covers: ({ judge, verdict, probe }, setting) =>
      judge === 'Mongo validator' &&
      verdict.kind === 'accepted' &&
      probe.corner?.inUnion === true &&
      breaksChecks(setting.set, probe.entity, probe.row) &&
      isNamed(setting, 'mongoose', 'check'),
  },
  {
    id: 'limits-in-union',
    reason: 'Limits of bytes, decimals and instants in a union are a named loss of validators in Mongo.',
    covers: ({ judge, verdict, probe }, setting) =>
      judge === 'Mongo validator' &&
      verdict.kind === 'accepted' &&
      isLimitedByConditions(probe) &&
      probe.corner?.inUnion === true &&
      isNamed(setting, 'mongoose', 'limits'),
  },
  {
    id: 'json-in-mongo',
    reason: 'What a value of json holds, however deep, is a named loss of validators in Mongo.',
    covers: ({ judge, verdict, probe }, setting) =>
      judge === 'Mongo validator' &&
      verdict.kind === 'accepted' &&
      probe.corner?.type.kind === 'json' &&
      probe.corner.missing === null &&
      givenAt(probe) !== null &&
      isNamed(setting, 'mongoose', 'limits'),
  },
  {
    id: 'dropped-by-mongoose',
    reason:
      "Mongoose itself drops keys that JavaScript's objects have of their own from an update, before anything sees them: what is stored is without them.",
    covers: ({ judge, verdict, probe }) =>
      judge === 'Mongoose update' &&
      verdict.kind === 'accepted' &&
      (/(__proto__|constructor|prototype)\}?$/.test(probe.corner?.path ?? '') ||
        (probe.corner?.type.kind === 'json' && hasDroppedKey(givenAt(probe)))),
  },
  {
    id: 'raw-sql',
    reason: 'What is written in SQL holds in Postgres only: a named loss elsewhere.',
    covers: ({ judge, verdict, probe }, setting) =>
      isPostgres(judge) &&
      verdict.kind === 'refused' &&
      (changedField(probe)?.postgres.check != null ||
        probe.entity.postgres.checks.some(({ name }) => verdict.constraint?.endsWith(name) === true)) &&
      isNamed(setting, 'zod', 'raw-sql'),
  },
  {
    id: 'computed-elsewhere',
    reason:
      'An update by a model sees only what it sets: of the fields that another is computed from it takes all or none, and says so.',
    covers: ({ judge, verdict, probe }) =>
      judge === 'Mongoose update' &&
      verdict.kind === 'refused' &&
      probe.entity.fields.some(({ generated }) => generated !== null) &&
      / is computed from .*: set all of them, or save the document$/.test(verdict.words),
  },
  {
    id: 'computed-unseen',
    reason:
      'What is computed of a new row or an update is unseen by JSON Schema, a named loss; of an update it is known only where all that it is computed from is given.',
    covers: ({ judge, verdict, probe }, setting) => {
      const leaving = verdict.kind === 'accepted' ? leavingTheirTypes(setting.set, probe.entity, probe.row) : []
      if (leaving.length === 0) return false
      if (judge === 'Zod patch') return !leaving.some(setsAllRead(probe))
      return (
        (judge === 'JSON Schema new' || judge === 'JSON Schema patch') &&
        isNamed(setting, 'json-schema', 'generated-field')
      )
    },
  },
  {
    id: 'computed-of-missing',
    reason:
      'A document that lacks a field has null there, of which something else is computed than of the default that an insert fills in.',
    covers: ({ judge, verdict, probe }) =>
      judge === 'Mongo validator' &&
      verdict.kind === 'refused' &&
      probe.corner?.missing === 'field' &&
      changedField(probe)?.default != null &&
      probe.entity.fields.some(
        ({ generated }) =>
          generated !== null && fieldsRead(generated).some(([read]) => read === changedField(probe)?.name),
      ),
  },
  {
    id: 'moved-by-key',
    about: 'forbidden',
    reason:
      'A key is no part of a patch, but stores let a row have another: references follow it in Postgres (`on_update`). Of `_id` only a server refuses that.',
    covers: ({ judge, verdict, probe }) =>
      (judge === 'Postgres update' || judge === 'Mongoose update') &&
      verdict.kind === 'accepted' &&
      !probe.entity.appendOnly &&
      isKeyOf(probe),
  },
  {
    id: 'kept-by-store',
    about: 'forbidden',
    reason: 'When a row was changed is what the store says, whatever an update sets.',
    covers: ({ judge, verdict, probe }) =>
      (judge === 'Postgres update' || judge === 'Mongoose update') &&
      verdict.kind === 'accepted' &&
      !probe.entity.appendOnly &&
      changedField(probe)?.maintained === 'updated',
  },
  {
    id: 'unique-in-mongo',
    about: 'taken',
    reason:
      'Uniques of computed values, and those with conditions that no partial index can say, are named losses of Mongo.',
    covers: ({ judge, verdict }, setting) =>
      judge === 'Mongo validator' &&
      verdict.kind === 'accepted' &&
      (isNamed(setting, 'mongoose', 'unique-partial') || isNamed(setting, 'mongoose', 'index-expression')),
  },
  {
    id: 'kept-by-one-store',
    reason: 'A new row may be for either store: what only one of them keeps is asked for by that one.',
    covers: ({ judge, verdict, probe }) =>
      (judge === 'Mongoose model' || judge === 'Mongo validator' || judge === 'Postgres') &&
      verdict.kind === 'refused' &&
      probe.corner?.missing === 'field' &&
      (changedField(probe)?.stores.length ?? 0) < probe.entity.stores.length,
  },
  {
    id: 'raw-default',
    reason: 'A default that is written in SQL fills in rows of Postgres only: a named loss of Mongo.',
    covers: ({ judge, verdict, probe }, setting) =>
      judge === 'Mongoose model' &&
      verdict.kind === 'refused' &&
      probe.corner?.missing === 'field' &&
      changedField(probe)?.postgres.default != null &&
      isNamed(setting, 'mongoose', 'raw-sql'),
  },
  {
    id: 'raw-mongo',
    reason: "What is written in MongoDB's keywords holds in its collection only: a named loss elsewhere.",
    covers: ({ judge, verdict, probe }, setting) =>
      judge === 'Mongo validator' &&
      verdict.kind === 'refused' &&
      changedField(probe)?.mongo.schema != null &&
      isNamed(setting, 'zod', 'raw-mongo'),
  },
]
