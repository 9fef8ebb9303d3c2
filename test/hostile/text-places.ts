import { stringify } from 'yaml'

/** A place of the language that takes free text, by the path of its key in the entity. */
export type Place = string

/** Rows that are wide stand in a table of their own form, whatever else is in them. */
export const wide = 'and so on '.repeat(20).trim()

type Yaml = { readonly [key: string]: unknown }

const field = (type: string, more: Yaml = {}): Yaml => ({ type, ...more })

/**
 * An entity with the text wherever an entity takes one. `isKept` says of each place whether the text is tried there; where
 * not, plain words stand.
 */
export const entityWith = (name: string, given: string, isKept: (place: Place) => boolean): Yaml => {
  const at = (place: Place): string => (isKept(place) ? given : 'Plain words.')
  const label = isKept('label') ? given : 'plain'
  return {
    entity: name,
    summary: at('summary'),
    docs: {
      title: at('docs.title'),
      represents: at('docs.represents'),
      grows: { when: at('docs.grows.when'), rate: at('docs.grows.rate') },
      why: at('docs.why'),
      notes: [at('docs.notes')],
      not_stored: [at('docs.not_stored')],
      sources: [at('docs.sources')],
    },
    fields: {
      id: 'uuid',
      told: field('text', { summary: at('field.summary'), notes: at('field.notes') }),
      filled: field('text', { default: at('field.default') }),
      label: field('enum', { values: { [label]: at('label.summary'), other: 'Other.' }, default: label }),
      checked: field('enum', { values: [label, 'none'], as: 'check', default: 'none' }),
      open: field('text?', { suggest: [at('field.suggest'), 'other'] }),
      level: field('integer', {
        default: 0,
        bands: new Map([
          [0, at('field.bands')],
          [5, 'High'],
        ]),
      }),
      left: field('text?', { deprecated: at('field.deprecated') }),
      free: field('json?', { default: { key: at('field.json') } }),
      tags: field('list<text>', { default: [at('field.list')] }),
      named: field('map<text>', { default: { key: at('field.map') } }),
      inner: {
        summary: at('inner.summary'),
        fields: { part: field('text', { default: at('inner.default') }) },
        default: {},
      },
      guild_id: 'snowflake(guild)?',
      user_id: 'snowflake(user)?',
    },
    checks: { told_is_odd: `told <> '${at('check.literal').replaceAll("'", "''")}'` },
    indexes: [{ fields: ['told', 'level'], note: at('index.note') }],
    retention: {
      keep: 'forever',
      because: at('retention.because'),
      guild_leave: { keep: at('retention.guild_leave') },
      member_leave: { set: { filled: at('retention.set') } },
      erase: { user_id: { keep: at('retention.erase') } },
    },
    access: { reader: ['read'] },
    queries: {
      by_label: {
        summary: at('query.summary'),
        postgres: `SELECT id FROM ${name}s WHERE filled = '${at('query.postgres').replaceAll("'", "''")}'`,
        // A word after a colon would be all of a text, and so a parameter's name.
        mongo: { find: { filled: { $eq: `${at('query.mongo')} ` } } },
      },
    },
    examples: [
      { id: '5f0c9a52-0f5e-4d0a-9f0b-2d7a8f1b3c4d', told: `${at('example')} ${wide}`, label, checked: label, level: 1 },
    ],
    seed: [{ id: '6f0c9a52-0f5e-4d0a-9f0b-2d7a8f1b3c4d', told: `${at('seed')} ${wide}`, label }],
  }
}

/** An entity whose rows age, with the text wherever a step takes one. */
export const agedWith = (name: string, given: string, isKept: (place: Place) => boolean): Yaml => {
  const at = (place: Place): string => (isKept(place) ? given : 'Plain words.')
  const literal = (place: Place): string => `'${at(place).replaceAll("'", "''")}'`
  return {
    entity: name,
    fields: { id: 'uuid', told: 'text', filled: 'text?', made_at: 'timestamp' },
    indexes: [['made_at']],
    retention: {
      clock: 'made_at',
      steps: [
        { after: '1 day', where: `told <> ${literal('step.where')}`, set: { filled: at('step.set') } },
        { after: '2 days', where: `told = ${literal('step.where')}`, archive: `${name}_archive` },
      ],
    },
  }
}

/** The head of a set with the text wherever a head takes one. */
export const headWith = (name: string, given: string, isKept: (place: Place) => boolean): Yaml => {
  const at = (place: Place): string => (isKept(place) ? given : 'Plain words.')
  return {
    name,
    title: at('title'),
    summary: at('set.summary'),
    groups: { core: at('groups') },
    actors: { reader: at('actors') },
  }
}

/** As a file of YAML that reads back as the very same texts. */
export const printed = (value: Yaml): string => stringify(value, { lineWidth: 0 })
