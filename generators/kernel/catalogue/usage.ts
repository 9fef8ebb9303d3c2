export const usageCatalogue = {} as const
