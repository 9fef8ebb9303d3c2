import { inCode, inJson, leaf, type Sample, same, unsaid } from '../sample.js'
import { epochSample, firstInstant, instantSample, lastInstant } from '../stored-samples.js'
import { type Corners, texts } from './list.js'

const instantTexts = [
  '',
  '2024-02-29T12:00:00.000Z',
  '2023-02-29T12:00:00.000Z',
  '1900-02-29T00:00:00.000Z',
  '2024-13-01T00:00:00.000Z',
  '2024-04-31T00:00:00.000Z',
  '2024-01-01T24:00:00.000Z',
  '2024-01-01T23:59:60.000Z',
  '2016-12-31T23:59:60Z',
  '2024-01-01T12:60:00Z',
  '0000-01-01T00:00:00.000Z',
  '10000-01-01T00:00:00.000Z',
  '+010000-01-01T00:00:00.000Z',
  '-000001-01-01T00:00:00.000Z',
  '2024-01-01',
  '2024-01-01 12:00:00Z',
  '2024-01-01T12:00Z',
  '2024-01-01T12:00:00',
  '2024-01-01T12:00:00+02:00',
  '2024-01-01t12:00:00z',
  '2024-01-01T12:00:00.1234Z',
  '2024-01-01T12:00:00.Z',
  'infinity',
  '-infinity',
  'now',
  'epoch',
  'today',
]

const instants: readonly Date[] = [
  firstInstant,
  new Date(firstInstant.getTime() - 1),
  lastInstant,
  new Date(lastInstant.getTime() + 1),
  new Date(0),
  new Date(-1),
  new Date('2024-02-29T23:59:59.999Z'),
  new Date('1883-11-18T12:03:57.123Z'),
  new Date(8.64e15),
  new Date(-8.64e15),
]

/** A Date as the drivers write one: years beyond four digits in a way that only some stores read. */
const dateSample = (date: Date): Sample => {
  const iso = date.toISOString()
  return /^\d{4}-/.test(iso) && !iso.startsWith('0000') ? instantSample(date) : inCode(date, iso)
}

const inEpoch = (date: Date): Sample => {
  const iso = date.toISOString()
  const isShort = /^\d{4}-/.test(iso) && !iso.startsWith('0000')
  return isShort ? epochSample(date) : leaf({ code: date, json: unsaid, document: date.getTime(), column: iso })
}

/** The ends of what stores hold, leap days and seconds, and other spellings. */
export const instantCorners: Corners = [
  ...instants.map(dateSample),
  inCode(new Date(Number.NaN)),
  ...instantTexts.map((text) => inJson(text)),
  ...['2024-01-01T00:00:00.000Z', '', 0, 1.5, true, {}, ['2024-01-01']].map((value) => inCode(value)),
]

/** The same as milliseconds, which documents of before have as Dates; a number is no instant in code. */
export const epochCorners: Corners = [
  ...instants.flatMap((date) => [dateSample(date), inEpoch(date)]),
  inCode(new Date(Number.NaN)),
  ...instantTexts.map((text) => inJson(text)),
  ...['2024-01-01T00:00:00.000Z', '', true, {}, ['2024-01-01']].map((value) => inCode(value)),
  leaf({ code: 0, json: unsaid, document: unsaid, column: unsaid }),
  // Neither code nor a document has a fraction of a millisecond.
  leaf({ code: 1.5, json: unsaid, document: 1.5, column: unsaid }),
]

const dateTexts = [
  '0001-01-01',
  '9999-12-31',
  '0000-12-31',
  '10000-01-01',
  '2024-02-29',
  '2023-02-29',
  '1900-02-29',
  '2000-02-29',
  '2024-04-31',
  '2024-00-01',
  '2024-01-00',
  '2024-13-01',
  '2024-1-1',
  '20240101',
  '2024-01-01 ',
  '2024-01-01T00:00:00Z',
  '01/02/2024',
  '',
  'infinity',
  '-infinity',
  'today',
  'epoch',
  '0044-03-15 BC',
  '٢٠٢٤-01-01',
  'Jan 1, 2024',
]

export const dateCorners: Corners = [...texts(...dateTexts), same(0), inCode(new Date(0)), same({})]

const timeTexts = [
  '00:00:00',
  '23:59:59',
  '23:59:59.999',
  '23:59:60',
  '24:00:00',
  '12:60:00',
  '12:00',
  '1:00:00',
  '12:00:00.1',
  '12:00:00.10',
  '12:00:00.100',
  '12:00:00.000',
  '12:00:00.1234',
  '12:00:00.9999',
  '12:00:00.',
  '12:00:00Z',
  '12:00:00+02',
  '12:00 PM',
  '120000',
  '',
  ' 12:00:00',
  'now',
  'allballs',
]

export const timeCorners: Corners = [...texts(...timeTexts), same(0), inCode(new Date(0)), same({})]
