export const predicatesCatalogue = {} as const
