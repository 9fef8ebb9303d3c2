/**
 * The function with a memory: what it made of an object it makes once, and forgets with the object. For pure functions of
 * frozen objects only.
 */
export const memoised = <Key extends object, Value>(compute: (key: Key) => Value): ((key: Key) => Value) => {
  const made = new WeakMap<Key, { readonly value: Value }>()
  return (key) => {
    const before = made.get(key)
    if (before !== undefined) return before.value
    const value = compute(key)
    made.set(key, { value })
    return value
  }
}
