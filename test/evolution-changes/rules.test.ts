import { describe } from 'vitest'
import { holdsRows, kept, type Row, rules, user } from './table.js'

const ofRules: readonly Row[] = [
  rules('a unique', '', 'unique: [[a]]\n', 'added unique user(a) → rows, writers'),
  rules('no unique', 'unique: [[a]]\n', '', 'removed unique user(a) → callers'),
  rules(
    'nulls that are the same',
    'unique: [[a]]\n',
    'unique: [{ fields: [a], nulls: not distinct }]\n',
    'narrowed unique user(a) → rows, writers',
  ),
  rules(
    'nulls that differ',
    'unique: [{ fields: [a], nulls: not distinct }]\n',
    'unique: [[a]]\n',
    'widened unique user(a) → nobody',
  ),
  rules(
    'a unique of fewer rows',
    'unique: [[a]]\n',
    "unique: [{ fields: [a], where: b = 'x' }]\n",
    'widened unique user(a) → nobody',
  ),
  rules(
    'a unique of all rows',
    "unique: [{ fields: [a], where: b = 'x' }]\n",
    'unique: [[a]]\n',
    'narrowed unique user(a) → rows, writers',
  ),
  rules('an index', '', 'indexes: [[a]]\n', 'added index user(a) → nobody'),
  rules('no index', 'indexes: [[a]]\n', '', 'removed index user(a) → nobody'),
  rules(
    'another kind of index',
    'indexes: [[a]]\n',
    'indexes: [{ fields: [a], using: hash }]\n',
    'changed index user(a) → nobody',
  ),
  rules('a check', '', "checks:\n  full: a <> ''\n", 'added check user.full → rows, writers, callers'),
  rules('no check', "checks:\n  full: a <> ''\n", '', 'removed check user.full → nobody'),
  rules(
    'another check',
    "checks:\n  full: a <> ''\n",
    "checks:\n  full: a <> 'x'\n",
    'changed check user.full → rows, writers, callers',
  ),
  rules('a check in other words', "checks:\n  full: a <> ''\n", "checks:\n  full: (a  <>  '')\n"),
  rules('append-only', '', 'append_only: true\n', 'narrowed entity user → writers, callers'),
  rules('no longer append-only', 'append_only: true\n', '', 'widened entity user → nobody'),
  rules('another table', '', 'table: people\n', 'renamed entity user → readers, writers'),
  rules('rows that go', '', kept('    - { after: 90 days, delete: true }\n'), 'narrowed retention user → rows'),
  rules(
    'rows that go sooner',
    kept('    - { after: 90 days, delete: true }\n'),
    kept('    - { after: 1 month, delete: true }\n'),
    'narrowed retention user → rows',
  ),
  rules(
    'rows that go later',
    kept('    - { after: 90 days, delete: true }\n'),
    kept('    - { after: 1 year, delete: true }\n'),
    'widened retention user → nobody',
  ),
  rules('rows that stay', kept('    - { after: 90 days, delete: true }\n'), '', 'widened retention user → nobody'),
  rules(
    'fewer rows that stay',
    'retention: { clock: at, keep_newest: 9 }\n',
    'retention: { clock: at, keep_newest: 5 }\n',
    'narrowed retention user → rows',
  ),
  [
    'rows of a renamed clock',
    user('at: timestamp = now', kept('    - { after: 90 days, delete: true }\n')),
    user(
      'made: { type: timestamp = now, was: at }',
      kept('    - { after: 90 days, delete: true }\n').replace('clock: at', 'clock: made'),
    ),
    'renamed field user.made → readers, writers, callers',
  ],
  [
    'a renamed field under all rules',
    user('a: text?', "unique: [[a]]\nindexes: [[a]]\nchecks:\n  full: a <> ''\n"),
    user('b: { type: text?, was: a }', "unique: [[b]]\nindexes: [[b]]\nchecks:\n  full: b <> ''\n"),
    'renamed field user.b → readers, writers, callers',
  ],
  [
    'a query',
    user('a: text'),
    user('a: text', 'queries:\n  all:\n    postgres: SELECT id FROM users\n'),
    'added query user.all → nobody',
  ],
  [
    'no query',
    user('a: text', 'queries:\n  all:\n    postgres: SELECT id FROM users\n'),
    user('a: text'),
    'removed query user.all → callers',
  ],
  [
    'another statement',
    user('a: text', 'queries:\n  all:\n    postgres: SELECT id FROM users\n'),
    user('a: text', 'queries:\n  all:\n    postgres: SELECT id FROM users ORDER BY id\n'),
    'changed query user.all → nobody',
  ],
  [
    'another parameter',
    user('a: text', 'queries:\n  all:\n    postgres: SELECT id FROM users\n'),
    user('a: text', 'queries:\n  all:\n    params: { a: a }\n    postgres: SELECT id FROM users WHERE a = :a\n'),
    'changed query user.all → callers',
  ],
  [
    'a list',
    user('a: text'),
    user('a: text', 'lists: { all: { by: [a], index: false } }\n'),
    'added list user.all → nobody',
  ],
  [
    'no list',
    user('a: text', 'lists: { all: { by: [a], index: false } }\n'),
    user('a: text'),
    'removed list user.all → callers',
  ],
  [
    'other rows of a list',
    user('a: text?', 'lists: { all: { order: [id], index: false } }\n'),
    user('a: text?', 'lists: { all: { order: [id], where: a is null, index: false } }\n'),
    'changed list user.all → nobody',
  ],
  [
    'another order of a list',
    user('a: text', 'lists: { all: { order: [id], index: false } }\n'),
    user('a: text', 'lists: { all: { order: [id desc], index: false } }\n'),
    'changed list user.all → callers',
  ],
  [
    'a list by a renamed field, and its index',
    user('a: text?', 'lists: { all: { by: [a], order: [id desc], where: a is not null } }\n'),
    user('b: { type: text?, was: a }', 'lists: { all: { by: [b], order: [id desc], where: b is not null } }\n'),
    'renamed field user.b → readers, writers, callers',
  ],
]

describe('changes of rules', () => holdsRows(ofRules))
