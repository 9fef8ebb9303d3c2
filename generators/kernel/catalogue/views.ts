export const viewsCatalogue = {} as const
