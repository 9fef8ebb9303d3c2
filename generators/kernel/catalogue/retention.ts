export const retentionCatalogue = {} as const
