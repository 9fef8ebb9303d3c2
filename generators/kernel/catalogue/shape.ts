export const shapeCatalogue = {} as const
