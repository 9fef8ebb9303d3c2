export const outputCatalogue = {} as const
