/** The parameter that a value of a Mongo command stands for: the whole of a text, as in `{ user_id: ":user" }`; or null. */
export const parameterName = (value: unknown): string | null =>
  typeof value === 'string' ? (/^:([A-Za-z_]\w*)$/.exec(value)?.[1] ?? null) : null
