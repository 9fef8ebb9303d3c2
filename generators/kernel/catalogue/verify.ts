export const verifyCatalogue = {} as const
