export const rulesCatalogue = {} as const
