export const yamlCatalogue = {} as const
