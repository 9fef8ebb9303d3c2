/** The kinds of database a set can be kept in, in the order they are named in docs. */
export const stores = ['postgres', 'mongo'] as const

export type Store = (typeof stores)[number]
