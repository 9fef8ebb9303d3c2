import type { Given } from './ids.js'

/** The first fields of an index, none to all of them: what a list is narrowed to. */
export type Prefix<Row, Fields extends readonly (keyof Row)[]> = Fields extends readonly [
  infer First extends keyof Row,
  ...infer Rest extends readonly (keyof Row)[],
]
  ?
      | { readonly [Field in Fields[number]]?: undefined }
      | ({ readonly [Field in First]: Given<Row[Field]> } & Prefix<Row, Rest>)
  : unknown

/** Functions whose first parameter is the database, without that. */
export type Bound<Functions, Db> = {
  readonly [Name in keyof Functions as Functions[Name] extends (db: Db, ...given: never[]) => unknown
    ? Name
    : never]: Functions[Name] extends (db: Db, ...given: infer Arguments) => infer Result
    ? (...given: Arguments) => Result
    : never
}

/** Functions whose first parameter is the database, with that given. */
export const bound = <Functions extends object, Db>(functions: Functions, db: Db): Bound<Functions, Db> =>
  Object.fromEntries(
    Object.entries(functions).flatMap(([name, call]: [string, unknown]) =>
      typeof call === 'function' ? [[name, call.bind(null, db)]] : [],
    ),
  ) as Bound<Functions, Db>
