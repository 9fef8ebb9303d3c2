/** The longest name Postgres keeps, in bytes (NAMEDATALEN - 1); longer ones it cuts in silence. */
export const longestName = 63

export const byteLength = (text: string): number => Buffer.byteLength(text, 'utf8')

/** The longest start of a text that fits into `bytes`, whole characters only. */
export const clip = (text: string, bytes: number): string => {
  let clipped = ''
  let length = 0
  for (const character of text) {
    length += byteLength(character)
    if (length > bytes) return clipped
    clipped += character
  }
  return clipped
}

/**
 * A name out of two and a label (`warnings`, `user_id`, `fkey`), as Postgres makes it (`makeObjectName` in its source):
 * of two names too long together, the longer one is cut until they fit.
 */
export const objectName = (first: string, second: string | null, label: string | null): string => {
  const overhead = (second === null ? 0 : 1) + (label === null ? 0 : byteLength(label) + 1)
  const available = longestName - overhead
  let [firstBytes, secondBytes] = [byteLength(first), second === null ? 0 : byteLength(second)]
  const surplus = firstBytes + secondBytes - available
  if (surplus > 0) {
    const evened = Math.min(surplus, Math.abs(firstBytes - secondBytes))
    const rest = surplus - evened
    const firstIsLonger = firstBytes > secondBytes
    firstBytes -= (firstIsLonger ? evened : 0) + Math.floor(rest / 2)
    secondBytes -= (firstIsLonger ? 0 : evened) + Math.ceil(rest / 2)
  }
  const names = [clip(first, firstBytes), ...(second === null ? [] : [clip(second, secondBytes)])]
  return [...names, ...(label === null ? [] : [label])].join('_')
}

/**
 * The middle of the name of a constraint or an index on several columns: their names joined, no longer than any name
 * may be (`ChooseIndexNameAddition`).
 */
export const joinedColumns = (columns: readonly string[]): string => {
  let joined = ''
  for (const column of columns) {
    joined += (joined === '' ? '' : '_') + column
    if (byteLength(joined) > longestName) break
  }
  return joined
}
