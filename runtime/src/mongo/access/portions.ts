/**
 * How many documents a command names, and a transaction changes, at most. A command ends at 16 MB (MongoDB manual, "Limits
 * and Thresholds"), and transactions should be no larger than this ("Production Considerations").
 */
export const portion = 1000

/** All of them, so many at a time. */
export const portionsOf = async function* <Item>(
  all: AsyncIterable<Item> | Iterable<Item>,
): AsyncGenerator<readonly Item[]> {
  let some: Item[] = []
  for await (const one of all) {
    some.push(one)
    if (some.length < portion) continue
    yield some
    some = []
  }
  if (some.length > 0) yield some
}
