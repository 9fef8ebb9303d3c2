/** Operators that compare by order. */
export type Order = 'lt' | 'lte' | 'gt' | 'gte'

/**
 * A condition on rows, which holds of a row or does not. A comparison with what is null or missing does not hold, so that
 * its complement (`not`) does. Fields go by their path in code: `created_at`, `settings.welcome.enabled`.
 */
export type Condition =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** The field is null, or missing from the document. */
  | { readonly kind: 'null'; readonly field: string }
  | { readonly kind: 'equal'; readonly field: string; readonly value: unknown }
  /** The field equals one of the values; with no values it holds of no row. */
  | { readonly kind: 'one-of'; readonly field: string; readonly values: readonly unknown[] }
  | { readonly kind: 'order'; readonly operator: Order; readonly field: string; readonly value: unknown }
  /** The list has this item. */
  | { readonly kind: 'has'; readonly field: string; readonly value: unknown }
  /** The text begins with, or has, exactly these characters; case counts. */
  | { readonly kind: 'starts' | 'contains'; readonly field: string; readonly text: string }
