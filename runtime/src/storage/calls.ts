import type { Cursor } from '../pages/cursor.js'
import type { Direction } from '../pages/order.js'
import type { StoredValueError } from '../stored-value-error.js'

/**
 * What the calls on an entity's rows take and give. Emitted code has one of these for each entity.
 *
 * - `row`: a row as it is read; `newRow`, `patch`: what an insert and an update take
 * - `key`: what tells a row: the value of a key of one field, or the fields of the key or of another unique
 * - `where`: conditions by field; `order`: the names of the fields that rows are ordered by
 * - `by`: the fields of each unique that an upsert may go by
 * - `amounts`: what may be added, by field
 */
export interface EntityTypes {
  readonly row: object
  readonly newRow: object
  readonly patch: object
  readonly key: unknown
  readonly where: object
  readonly order: string
  readonly by: readonly string[]
  readonly amounts: object
}

/** How rows are ordered: by the fields in their order, then by the key. Null is smaller than every value. */
export type OrderBy<Field extends string> = { readonly [Name in Field]?: Direction }

/** Which rows `each` walks through. */
export interface EachOptions<Of extends EntityTypes> {
  /** All rows where it is left out. */
  readonly where?: Of['where'] | undefined
  readonly order?: OrderBy<Of['order']> | undefined
}

/** A page: at most `limit` rows (1 to 1,000; 100 by default), from the start or after a cursor. */
export interface FindOptions<Of extends EntityTypes> extends EachOptions<Of> {
  readonly limit?: number | undefined
  /** `next` of the page before, with the same `where` and `order`. */
  readonly after?: Cursor | null | undefined
}

/** Which page of a list: at most `limit` rows (1 to 1,000; 100 by default), from the start or after a cursor. */
export interface ListOptions {
  readonly limit?: number | undefined
  /** `next` of the page before, of the same list and values. */
  readonly after?: Cursor | null | undefined
}

/**
 * A list of the description, a page at a time. Throws a `CursorError` for a cursor of another list or other values, and for
 * rows that cannot be read a `StoredValueError`, which has the others and `next`.
 */
export interface ListCall<Row, Given extends object> {
  (given: Given & ListOptions): Promise<FoundRows<Row>>
  /** A page, with the errors of the rows that cannot be read. */
  (given: Given & ListOptions & { readonly unreadable: 'collect' }): Promise<CollectedRows<Row>>
}

/** A list that takes no values. */
export interface WholeListCall<Row> {
  (options?: ListOptions): Promise<FoundRows<Row>>
  /** A page, with the errors of the rows that cannot be read. */
  (options: ListOptions & { readonly unreadable: 'collect' }): Promise<CollectedRows<Row>>
}

/** A page of rows, and the cursor that the next one begins after; null where there is none. */
export interface FoundRows<Row> {
  readonly rows: readonly Row[]
  readonly next: Cursor | null
}

/** A page whose rows that cannot be read are errors beside the others. */
export interface CollectedRows<Row> extends FoundRows<Row> {
  readonly unreadable: readonly StoredValueError[]
}

/** An empty `where` means every row, and is taken only with this. */
export interface ManyOptions {
  readonly all?: true | undefined
}

/** The calls that find a row by what tells it. */
export interface Gets<Of extends EntityTypes> {
  /** Returns the row, or null. Throws a `ZodError` if `key` is not a key, and a `StoredValueError` if the row cannot be read. */
  get(key: Of['key']): Promise<Of['row'] | null>
  /** Rows in the order asked, with null for what is not there. */
  getMany(keys: readonly Of['key'][]): Promise<(Of['row'] | null)[]>
}

/** The same inside a transaction. */
export interface LockingGets<Of extends EntityTypes> extends Gets<Of> {
  /**
   * Rows in the order asked, with null for what is not there. With `lock` nobody else changes them until the transaction
   * ends; they are locked in the order of their keys, so that two transactions never wait for each other's rows.
   */
  getMany(keys: readonly Of['key'][], options?: { readonly lock?: boolean | undefined }): Promise<(Of['row'] | null)[]>
}

/** The calls that ask of rows by conditions, also where nothing tells them apart. */
export interface Counts<Of extends EntityTypes> {
  count(where?: Of['where']): Promise<number>
  exists(where?: Of['where']): Promise<boolean>
}

/** The calls that ask for rows by conditions. */
export interface Finds<Of extends EntityTypes> extends Counts<Of> {
  /**
   * A page. Throws a `CursorError` for a cursor of another `where` or `order`, and for rows that cannot be read a
   * `StoredValueError`, which has the others and `next`.
   */
  find(options?: FindOptions<Of>): Promise<FoundRows<Of['row']>>
  /** A page, with the errors of the rows that cannot be read. */
  find(options: FindOptions<Of> & { readonly unreadable: 'collect' }): Promise<CollectedRows<Of['row']>>
  /** All rows, read page after page. */
  each(options?: EachOptions<Of>): AsyncIterable<Of['row']>
}

/** The calls that store new rows. */
export interface Inserts<Of extends EntityTypes> {
  /** Returns the stored row. Throws a `ZodError` if `row` is not a new row, and a `ConstraintError` if the database rejects it. */
  insert(row: Of['newRow']): Promise<Of['row']>
  /** The rows as they are stored, in their order: all or none. */
  insertMany(rows: readonly Of['newRow'][]): Promise<Of['row'][]>
}

/** The call that stores a row, or changes the one that is there. */
export interface Upserts<Of extends EntityTypes> {
  /**
   * Where the row is there, changes what `row` says; else inserts it. The row is told by the key, or by another unique:
   * `{ by: ['email'] }`.
   */
  upsert(
    row: Of['newRow'],
    options?: { readonly by: Of['by'] },
  ): Promise<{ readonly row: Of['row']; readonly inserted: boolean }>
}

/** The same where no row is told by its key: a unique has to be named. */
export interface UpsertsBy<Of extends EntityTypes> {
  /** Where the row of this unique is there, changes what `row` says; else inserts it. */
  upsert(
    row: Of['newRow'],
    options: { readonly by: Of['by'] },
  ): Promise<{ readonly row: Of['row']; readonly inserted: boolean }>
}

/** The call that changes rows by conditions. */
export interface UpdatesMany<Of extends EntityTypes> {
  /** How many rows the condition holds of. */
  updateMany(where: Of['where'], patch: Of['patch'], options?: ManyOptions): Promise<number>
}

/** The calls that change rows. */
export interface Updates<Of extends EntityTypes> extends UpdatesMany<Of> {
  /** The row as it is then, or null where there is none. */
  update(key: Of['key'], patch: Of['patch']): Promise<Of['row'] | null>
}

/** The call that adds to numbers. */
export interface Increments<Of extends EntityTypes> {
  /**
   * Adds to numbers of a row in the one statement that writes it, so that nothing is lost that others add at the same time.
   * The row as it is then, or null where there is none; a `ConstraintError` where a number would leave its limits.
   */
  increment(key: Of['key'], amounts: Of['amounts']): Promise<Of['row'] | null>
}

/** The call that deletes rows by conditions. */
export interface DeletesMany<Of extends EntityTypes> {
  /** How many rows there were. */
  deleteMany(where: Of['where'], options?: ManyOptions): Promise<number>
}

/** The calls that delete rows. */
export interface Deletes<Of extends EntityTypes> extends DeletesMany<Of> {
  /** The row as it was, or null where there is none. Throws a `ConstraintError` where rows point at it. */
  delete(key: Of['key']): Promise<Of['row'] | null>
}

/** The calls on rows that a key tells apart: what most entities have. */
export interface KeyedRows<Of extends EntityTypes>
  extends Gets<Of>,
    Finds<Of>,
    Inserts<Of>,
    Upserts<Of>,
    Updates<Of>,
    Deletes<Of> {}

/**
 * The calls on values that are stored encrypted, which no row shows. `Values` are all of them by field, `Changed` those that
 * may be replaced. They throw an `EncryptedFieldError`.
 */
export interface Encrypts<Key, Values extends object, Changed extends object> {
  /** The plain value of a row. */
  decrypt<Field extends keyof Values>(key: Key, field: Field): Promise<Values[Field]>
  /** Puts a value in the place of the one before. */
  encrypt<Field extends keyof Changed>(key: Key, field: Field, value: Changed[Field]): Promise<void>
}

/** What the one row of a singleton takes and gives. */
export interface SingletonTypes {
  readonly row: object
  readonly newRow: object
  readonly patch: object
  readonly amounts: object
}

/** The calls on a singleton that never changes. */
export interface SingletonReads<Of extends SingletonTypes> {
  /** The row, or null before it was inserted. */
  get(): Promise<Of['row'] | null>
  /** Throws a `ConstraintError` where it is there. */
  insert(row: Of['newRow']): Promise<Of['row']>
}

/** The calls on a singleton. */
export interface SingletonWrites<Of extends SingletonTypes> extends SingletonReads<Of> {
  /** Where the row is there, changes what `row` says; else inserts it. */
  upsert(row: Of['newRow']): Promise<{ readonly row: Of['row']; readonly inserted: boolean }>
  /** The row as it is then, or null where there is none. */
  update(patch: Of['patch']): Promise<Of['row'] | null>
  /** The row as it was, or null where there is none. */
  delete(): Promise<Of['row'] | null>
}

/** The call that adds to numbers of a singleton. */
export interface SingletonIncrements<Of extends SingletonTypes> {
  /** Adds in the one statement that writes; a `ConstraintError` where a number would leave its limits. */
  increment(amounts: Of['amounts']): Promise<Of['row'] | null>
}

/** The calls on encrypted values of a singleton. */
export interface SingletonEncrypts<Values extends object, Changed extends object> {
  decrypt<Field extends keyof Values>(field: Field): Promise<Values[Field]>
  encrypt<Field extends keyof Changed>(field: Field, value: Changed[Field]): Promise<void>
}
