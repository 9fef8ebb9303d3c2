/** What a field of type `json` holds: any JSON value but null, its numbers finite. */
export type Json = boolean | number | string | JsonValue[] | { [key: string]: JsonValue }

/** Any JSON value, as it stands inside another. */
export type JsonValue = Json | null
