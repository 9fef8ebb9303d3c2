/** Null where a field may be null; nothing where it may not. */
type NullOf<Value> = Extract<Value, null>

/** What may be asked of a value that has no order. All operators of one object hold. */
export interface EqualityOperators<Value> {
  readonly eq?: Value
  /** Exactly the rows that the same without `not` does not give, null included. */
  readonly not?: Value | EqualityOperators<Value>
  readonly in?: readonly Value[]
}

/** What may be asked of a value that has an order. No comparison holds of null. */
export interface OrderOperators<Value> {
  readonly eq?: Value
  /** Exactly the rows that the same without `not` does not give, null included. */
  readonly not?: Value | OrderOperators<Value>
  readonly in?: readonly Value[]
  readonly lt?: NonNullable<Value>
  readonly lte?: NonNullable<Value>
  readonly gt?: NonNullable<Value>
  readonly gte?: NonNullable<Value>
}

/** What may be asked of text, which is ordered by code point. Case counts. */
export interface TextOperators<Value> {
  readonly eq?: Value
  /** Exactly the rows that the same without `not` does not give, null included. */
  readonly not?: Value | TextOperators<Value>
  readonly in?: readonly Value[]
  readonly lt?: NonNullable<Value>
  readonly lte?: NonNullable<Value>
  readonly gt?: NonNullable<Value>
  readonly gte?: NonNullable<Value>
  /** The text begins with exactly these characters. */
  readonly startsWith?: string
  /** The text has exactly these characters, one after another. */
  readonly contains?: string
}

/** What may be asked of a list; `Null` is `null` where the list may be null. */
export interface ItemOperators<Item, Null extends null> {
  readonly eq?: Null
  readonly not?: Null | ItemOperators<Item, Null>
  /** The list has this item. */
  readonly has?: Item
}

/** What may be asked of a value that is compared with null alone. */
export interface NullOperators {
  readonly eq?: null
  readonly not?: null | NullOperators
}

/** A field without an order in a `where`: a value that it equals, or operators. */
export type EqualityCondition<Value> = Value | EqualityOperators<Value>

/** A field with an order in a `where`. */
export type OrderCondition<Value> = Value | OrderOperators<Value>

/** A field of text in a `where`. */
export type TextCondition<Value> = Value | TextOperators<Value>

/** A list in a `where`; of a list that may be null, `readonly Item[] | null`. */
export type ItemCondition<List> =
  | NullOf<List>
  | ItemOperators<NonNullable<List> extends readonly (infer Item)[] ? Item : never, NullOf<List>>

/** A field that may be null, of which nothing else may be asked. */
export type NullCondition = null | NullOperators

/** What joins conditions. A `where` without any holds of every row; an empty `$or` of none. */
export interface Joined<Where> {
  /** One of these holds. */
  readonly $or?: readonly Where[]
  /** All of these hold. */
  readonly $and?: readonly Where[]
  /** This does not hold. */
  readonly $not?: Where
}
