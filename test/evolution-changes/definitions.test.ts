import { describe } from 'vitest'
import { all, both, holdsRows, type Row, two, user, withEnum, withObject } from './table.js'

const definitions: readonly Row[] = [
  [
    'an entity',
    user(''),
    { ...user(''), 'b.yaml': 'entity: pet\nfields:\n  id: snowflake\n' },
    'added entity pet → nobody',
  ],
  [
    'no entity',
    { ...user(''), 'b.yaml': 'entity: pet\nfields:\n  id: snowflake\n' },
    user(''),
    `removed entity pet → ${all}`,
  ],
  [
    'an entity of another name',
    user('a: text'),
    {
      'botschema.yaml': 'name: sample\nstores: [postgres]\n',
      'm.yaml': 'entity: member\nwas: user\ntable: users\nfields:\n  id: snowflake(user)\n  a: text\n',
    },
    'renamed entity member → callers',
  ],
  [
    'ids of an entity of another name',
    { ...user('a: text'), 'note.yaml': 'entity: note\nfields:\n  id: identity\n  user_id: ref(user)\n' },
    {
      'botschema.yaml': 'name: sample\nstores: [postgres]\n',
      'm.yaml': 'entity: member\nwas: user\ntable: users\nfields:\n  id: snowflake\n  a: text\n',
      'note.yaml': 'entity: note\nfields:\n  id: identity\n  user_id: ref(member)\n',
    },
    'renamed entity member → callers',
  ],
  [
    'gone and new',
    user(''),
    { 'botschema.yaml': 'name: sample\nstores: [postgres]\n', 'm.yaml': 'entity: member\nfields:\n  id: snowflake\n' },
    'entity .user → member?',
  ],
  [
    'gone, and said so',
    user(''),
    {
      'botschema.yaml': 'name: sample\nstores: [postgres]\ngone: [user]\n',
      'm.yaml': 'entity: member\nfields:\n  id: snowflake\n',
    },
    `removed entity user → ${all}`,
    'added entity member → nobody',
  ],
  ['a store left', user('', '', both), user(''), 'removed target mongoose → callers', `removed entity user → ${all}`],
  [
    'a target off',
    user(''),
    user('', '', 'stores: [postgres]\ntargets: { markdown: false }'),
    'removed target markdown → links',
  ],
  [
    'another schema',
    user(''),
    user('', '', 'stores: [postgres]\ntargets: { postgres: { schema: bot } }'),
    'changed option postgres.schema → readers, writers',
  ],
  [
    'another module system',
    user(''),
    user('', '', 'stores: [postgres]\ntargets: { typescript: { module: cjs } }'),
    'changed option typescript.module → callers',
  ],
  ['a value', withEnum('[glad]'), withEnum('[glad, sad]'), 'added value mood.sad → readers, callers'],
  ['no value', withEnum('[glad, sad]'), withEnum('[glad]'), 'removed value mood.sad → rows, writers, callers'],
  [
    'a value of another name',
    withEnum('[glad, sad]'),
    withEnum('{ glad: A, low: { summary: B, was: sad } }'),
    'renamed value mood.low → readers, writers, callers',
  ],
  ['a value gone beside a new one', withEnum('[glad, sad]'), withEnum('[glad, low]'), 'value mood.sad → low?'],
  [
    'a value gone, and said so',
    withEnum('[glad, sad]'),
    withEnum('[glad, low]', 'gone: [sad]\n'),
    'removed value mood.sad → rows, writers, callers',
    'added value mood.low → readers, callers',
  ],
  ['values in another order', withEnum('[glad, sad]'), withEnum('[sad, glad]')],
  [
    'an enum as text',
    withEnum('[glad, sad]'),
    user('mood: text?'),
    'removed enum mood → callers',
    'widened field user.mood → readers, writers, callers',
  ],
  [
    'text as an enum',
    user('mood: text?'),
    withEnum('[glad, sad]'),
    'narrowed field user.mood → rows, readers, writers, callers',
  ],
  ['a key of an object', withObject(''), withObject('near: text'), 'added field place.near → rows, writers, callers'],
  ['a key that may be absent', withObject(''), withObject('near?: text'), 'added field place.near → nobody'],
  ['no key', withObject('near?: text'), withObject(''), `removed field place.near → ${all}`],
  [
    'a key of another name',
    withObject('near?: text'),
    withObject('far?: { type: text, was: near }'),
    'renamed field place.far → readers, writers, callers',
  ],
  ['a key gone beside a new one', withObject('near?: text'), withObject('far?: text'), 'field place.near → far?'],
  [
    'a key gone, and said so',
    withObject('near?: text'),
    withObject('far?: text', 'gone: [near]\n'),
    `removed field place.near → ${all}`,
    'added field place.far → nobody',
  ],
  [
    'a key that is always there',
    withObject('near?: text'),
    withObject('near: text'),
    'narrowed field place.near → rows, writers, callers',
  ],
  [
    'a check of an object',
    withObject(''),
    withObject('', "checks:\n  full: town <> ''\n"),
    'added check place.full → rows, writers, callers',
  ],
  [
    'a key of an object in place',
    user('p: { type: object, fields: { a: text } }'),
    user('p: { type: object, fields: { a: string(5) } }'),
    'narrowed field user.p.a → rows, writers, callers',
  ],
  ['a reference', two('snowflake(user)'), two('ref(user)'), 'added reference note(user_id) → rows, writers'],
  [
    'one that is documented',
    two('snowflake(user)'),
    two('{ ref: user, enforced: false }'),
    'added reference note(user_id) → nobody',
  ],
  ['no reference', two('ref(user)'), two('snowflake(user)'), 'removed reference note(user_id) → nobody'],
  [
    'rows that go along',
    two('ref(user)'),
    two('{ ref: user, on_delete: cascade }'),
    'changed reference note(user_id) → nobody',
  ],
  [
    'rows that hold',
    two('{ ref: user, on_delete: cascade }'),
    two('ref(user)'),
    'changed reference note(user_id) → writers',
  ],
]

describe('changes of definitions', () => holdsRows(definitions))
