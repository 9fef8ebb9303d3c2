import type { DocumentPath, ExtendedJsonObject } from './collections.js'

/** The years that every store can hold: 1 to 9999. */
export const firstInstant = { $date: '0001-01-01T00:00:00.000Z' }
export const lastInstant = { $date: '9999-12-31T23:59:59.999Z' }

const isInstant = ({ type }: DocumentPath): boolean =>
  type.kind === 'timestamp' || (type.kind === 'list' && type.of.kind === 'timestamp')

/** The dotted paths of all instants that a query reaches; it looks into lists by itself, and into maps it cannot. */
const instantPaths = (paths: readonly DocumentPath[]): readonly string[] =>
  paths.flatMap((path) => [
    ...(isInstant(path) && !path.path.includes('{}') ? [path.path.replaceAll('[]', '')] : []),
    ...instantPaths(path.within),
  ])

/** What no instant of a document may be: before the year 1 or after the year 9999. */
export const impossibleInstants = (paths: readonly DocumentPath[]): readonly ExtendedJsonObject[] =>
  instantPaths(paths).flatMap((path) => [{ [path]: { $lt: firstInstant } }, { [path]: { $gt: lastInstant } }])
