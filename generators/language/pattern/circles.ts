/** A graph as the places that each place leads to. */
type Graph = readonly (readonly number[])[]

/** All places in an order in which each comes after those that it leads to, but for those it is in a circle with. */
const deepestFirst = (graph: Graph): readonly number[] => {
  const order: number[] = []
  const seen = new Set<number>()
  for (const start of graph.keys()) {
    const open = seen.has(start) ? [] : [{ place: start, next: 0 }]
    seen.add(start)
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const to = graph[top.place]?.[top.next]
      top.next += 1
      if (to === undefined) {
        order.push(top.place)
        open.pop()
      } else if (!seen.has(to)) {
        seen.add(to)
        open.push({ place: to, next: 0 })
      }
    }
  }
  return order
}

const reversed = (graph: Graph): Graph => {
  const back: number[][] = graph.map(() => [])
  for (const [from, all] of graph.entries()) for (const to of all) back[to]?.push(from)
  return back
}

/** A place and all that lead to it by places that were not seen before. */
const leadingTo = (start: number, back: Graph, seen: Set<number>): readonly number[] => {
  const members = [start]
  seen.add(start)
  for (const place of members) {
    for (const from of back[place] ?? []) {
      if (!seen.has(from)) members.push(from)
      seen.add(from)
    }
  }
  return members
}

/** The circles of a graph, its strongly connected components (Kosaraju): a circle stands before those that it leads to. */
export const circlesIn = (graph: Graph): readonly (readonly number[])[] => {
  const back = reversed(graph)
  const seen = new Set<number>()
  return deepestFirst(graph)
    .toReversed()
    .flatMap((start) => (seen.has(start) ? [] : [leadingTo(start, back, seen)]))
    .filter((members) => members.length > 1 || members.some((place) => graph[place]?.includes(place)))
}
