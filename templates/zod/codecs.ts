// biome-ignore-all assist/source/organizeImports: the parts are printed in this order

export * from './codecs/renamed.js'
export * from './codecs/json.js'
export * from './codecs/postgres.js'
export * from './codecs/mongo.js'
