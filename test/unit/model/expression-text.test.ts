import { expect, it } from 'vitest'
import { expressionText } from '../../../generators/model/expression-text.js'
import { parsed } from '../expression/model.js'

it.each([
  'expires_at is null or expires_at > created_at',
  '(active or count > 0) and not (count = 1 or active)',
  "\"odd name\" = 'it''s' and name <> lower(name)",
  'count - (limit - 1) * 2 >= -3',
  'count in (1, 2) and count not between 3 and limit',
  "length(coalesce(name, '')) <= 5 and config.enabled",
  'name is not null and count not in (1)',
])('prints %s as it was written', (source) => expect(expressionText(parsed(source))).toBe(source))

it.each([
  ['not active and active', 'not active and active'],
  ['(count + limit) + 1 = 2', 'count + limit + 1 = 2'],
  ['count + (limit + 1) = 2', 'count + (limit + 1) = 2'],
])('keeps the meaning of %s', (source, text) => expect(expressionText(parsed(source))).toBe(text))
