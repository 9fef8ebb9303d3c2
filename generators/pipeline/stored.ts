import type { CacheName, Host } from './host.js'

/** Whether a value that was read from a cache has the form of a T: another version, or anybody else, may have written it. */
export type Form<T> = (value: unknown) => value is T

export const isText: Form<string> = (value) => typeof value === 'string'

export const isNumber: Form<number> = (value): value is number => Number.isFinite(value)

export const isCount: Form<number> = (value): value is number => Number.isSafeInteger(value) && Number(value) >= 0

export const orNull =
  <T>(form: Form<T>): Form<T | null> =>
  (value): value is T | null =>
    value === null || form(value)

export const oneOf =
  <T extends string>(...words: readonly T[]): Form<T> =>
  (value): value is T =>
    words.some((word) => word === value)

export const listOf =
  <T>(form: Form<T>): Form<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.every(form)

export const pairOf =
  <A, B>(first: Form<A>, second: Form<B>): Form<readonly [A, B]> =>
  (value): value is readonly [A, B] =>
    Array.isArray(value) && value.length === 2 && first(value[0]) && second(value[1])

/** An object that has all keys of `forms`; others are left alone. */
export const shapeOf =
  <T extends object>(forms: { readonly [K in keyof T]: Form<T[K]> }): Form<T> =>
  (value): value is T => {
    if (typeof value !== 'object' || value === null) return false
    const members = new Map(Object.entries(value))
    return Object.entries<Form<unknown>>(forms).every(([key, form]) => form(members.get(key)))
  }

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** An entry of the cache; null where there is none, or one of another form. */
export const readStored = <T>(host: Host, folder: string, name: CacheName, form: Form<T>): T | null => {
  const text = host.cache.get(folder, name)
  const value = text === null ? null : parse(text)
  return form(value) ? value : null
}
