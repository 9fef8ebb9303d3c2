import { posix } from 'node:path'

/** Two paths as one, without `.` and `..` inside: `join('schemas/a', '../out')` is `schemas/out`. */
export const join = (...parts: readonly string[]): string => posix.join(...parts)

/** Whether `path` is `folder` or lies below it; both normal. */
export const isWithin = (folder: string, path: string): boolean => {
  const relative = posix.relative(folder, path)
  return relative !== '..' && !relative.startsWith('../') && !posix.isAbsolute(relative)
}

/** `path` as seen from `folder`. */
export const relativeTo = (folder: string, path: string): string => posix.relative(folder, path)

/** The folder of the plans of all sets whose outputs go below a folder: beside it. */
export const migrationsBeside = (outputs: string): string => join(outputs, '..', 'migrations')

/** The folder that holds an absolute path; the root of a disk holds itself. */
export const folderAbove = (path: string): string => {
  const above = posix.dirname(path)
  return above === '.' ? path : above
}

/** The folders above a path of an output, innermost first: `a/b/c.ts` gives `a/b`, `a`. */
export const foldersAbove = (path: string): readonly string[] => {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('/'))
}

/** Whether a path stays below the folder it is relative to, on every system: no `..`, no root, no drive, no backslash. */
export const isSafeOutputPath = (path: string): boolean =>
  path !== '' && !/[\\:\0]/.test(path) && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
