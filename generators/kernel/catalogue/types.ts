export const typesCatalogue = {} as const
