import { code, joined, type Markdown, md, text } from '../kernel/safe/markdown.js'
import type { Access, Entity } from '../model/entity.js'
import { type Table, tableOf } from './table.js'

const granted = (right: boolean | readonly string[]): Markdown => {
  if (typeof right === 'boolean') return right ? md`●` : md``
  return joined(right.map(code), ', ')
}

/** Who may do what with the rows: ● is all fields, names are those fields. */
export const accessTable = (entity: Entity, summaryOf: (actor: string) => string | null): Table | null =>
  tableOf(entity.access, [
    { head: md`who`, cell: ({ actor }) => text(summaryOf(actor) ?? actor) },
    { head: md`create`, align: 'center', cell: (access) => granted(access.create) },
    { head: md`read`, align: 'center', cell: (access) => granted(access.read) },
    { head: md`update`, align: 'center', cell: (access) => granted(access.update) },
    { head: md`delete`, align: 'center', cell: (access) => granted(access.delete) },
  ])

const letter = (right: boolean | readonly string[], all: string): string => {
  if (typeof right === 'boolean') return right ? all : ''
  return right.length === 0 ? '' : all.toLowerCase()
}

/** The rights of one actor as letters: `CRUD`, a small one where it holds for some fields only. */
export const lettersOf = (access: Access | undefined): string =>
  access === undefined
    ? ''
    : [
        letter(access.create, 'C'),
        letter(access.read, 'R'),
        letter(access.update, 'U'),
        letter(access.delete, 'D'),
      ].join('')
