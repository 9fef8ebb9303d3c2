// biome-ignore-all assist/source/organizeImports: the parts are printed in this order

export * from './retention/report.js'
export * from './retention/store.js'
export * from './retention/cutoff.js'
export * from './retention/run.js'
