import { inCode, same } from '../sample.js'
import { objectIdSample } from '../stored-samples.js'
import { type Corners, texts } from './list.js'

const digits = 'abcdef0123456789abcdef01'

export const objectIdCorners: Corners = [
  ...[digits, '0'.repeat(24), 'f'.repeat(24), `0${digits.slice(1)}`].map(objectIdSample),
  ...['', digits.toUpperCase(), `${digits}0`, digits.slice(1), `${digits}\n`, 'abcdefghijkl'].map(same),
  same(5),
  same(true),
]

const uuid = '0189dcd1-3c5a-7bbb-8a3c-0123456789ab'

const uuidTexts = [
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  uuid.toUpperCase(),
  uuid.replaceAll('-', ''),
  `{${uuid}}`,
  `${uuid}\n`,
  ` ${uuid}`,
  uuid.slice(1),
  `${uuid.slice(1)}g`,
  '',
]

export const uuidCorners: Corners = [same(uuid), ...texts(...uuidTexts), same(5), same({})]

const snowflakeTexts = [
  '1',
  '9223372036854775807',
  '9223372036854775808',
  '9999999999999999999',
  '0',
  '00',
  '01',
  '-1',
  '+1',
  ' 1',
  '1 ',
  '1\n',
  '1.0',
  '1e2',
  '0x1',
  '1_0',
  '',
  'a',
  '١',
  '123456789012345678',
  '9007199254740993',
  '12345678901234567890',
]

export const snowflakeCorners: Corners = [
  ...texts(...snowflakeTexts),
  same(1),
  inCode(1n, '1'),
  same(true),
  same(['1']),
  same({}),
]

/** A key that Postgres or Mongo makes. */
export const identityCorners: Corners = [...texts('', 'a', '01', '-1', '1.5'), same(1.5), same(true), same({})]
