export const namesCatalogue = {} as const
