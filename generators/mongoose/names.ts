import { camelCase, pascalCase } from '../kernel/identifiers.js'
import { type Code, type Import, trusted, typeImport, valueImport } from '../script/code.js'
import type { EntityNames } from '../script/names.js'
import { runtimeValue } from '../script/runtime.js'

export const schemaImport: Import = valueImport('package:mongoose', 'Schema')
export const typesImport: Import = typeImport('package:mongoose', 'Types')

/** Mongoose's default export; the module printer knows named imports only, `withDefaultImport` mends the line. */
export const mongooseDefault: Code = trusted('mongoose', [valueImport('package:mongoose', 'default as mongoose')])

export const withDefaultImport = (text: string): string =>
  text.replace(/^import \{([^}]*?),?\s+default as mongoose(,?\s)\}/m, 'import mongoose, {$1$2}')

/** A path maker or a guard of the runtime. */
export const maker = (name: string): Import => runtimeValue('v1/mongoose', name)
export const guard = (name: string): Import => runtimeValue('v1/mongoose', name)

export const modelsImport = (name: string): Import => runtimeValue('v1/mongoose', name)

/** What references call a model: unlike the name that Mongoose knows, no other set has it. */
export const referredName = (set: string, model: string): string => `${set}.${model}`

/** The schema of an object: `guildServerMongooseSchema`. */
export const objectSchema = (object: string): string => `${camelCase(object)}MongooseSchema`

/** An object as Mongo keeps it, where that differs from its row form: `GuildServerRecord`. */
export const objectRecord = (object: string): string => `${pascalCase(object)}Record`

export const rowImport = (names: EntityNames): Import => typeImport(`typescript/${names.module}`, names.row)
