/** Under what name a query's parameter is marked as one whose type could not be read; no field has a bracket in its name. */
export const parameterKey = (query: string, name: string): string => `${query}(${name})`
