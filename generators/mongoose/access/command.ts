import { propertyName } from '../../kernel/safe/typescript.js'
import type { Query } from '../../model/entity.js'
import { parameterName } from '../../model/mongo-parameter.js'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/origin.js'
import { called } from '../../script/call.js'
import { access, type Code, code, text, trusted } from '../../script/code.js'
import { extendedJsonCode } from '../filters.js'
import { listCode, objectCode } from './text.js'

const isMarked = (value: JsonObject): boolean => '$date' in value || '$numberLong' in value || '$numberDecimal' in value

/** A part of a command as code; the parameters in it are read from `given`, which has them as Mongo stores them. */
const partCode = (query: Query, value: JsonValue): Code => {
  const name = parameterName(value)
  if (name !== null && query.parameters.some((parameter) => parameter.name === name)) return code`given${access(name)}`
  if (Array.isArray(value)) return listCode(value.map((item: JsonValue) => partCode(query, item)))
  if (!isJsonObject(value) || isMarked(value)) return extendedJsonCode(value)
  return objectCode(
    Object.entries(value).map(([key, inner]) => code`${trusted(propertyName(key))}: ${partCode(query, inner)}`),
  )
}

/** Settings that are numbers for the driver, whatever a parameter's codec makes of them. */
const numeric: ReadonlySet<string> = new Set(['limit', 'skip'])

const settingCode = (query: Query, name: string, value: JsonValue): Code => {
  const part = partCode(query, value)
  const isParameter = numeric.has(name) && typeof value === 'string'
  return code`${trusted(name)}: ${isParameter ? code`Number(${part})` : part}`
}

/** The options of a command: the caller's session, and those of the settings that are options of the driver's. */
const optionsCode = (query: Query, settings: JsonObject, ...fixed: readonly Code[]): Code => {
  const own = Object.entries(settings).map(([name, value]) => settingCode(query, name, value))
  const all = [trusted('...session'), ...fixed, ...own]
  return all.length === 1 ? trusted('session') : objectCode(all)
}

const call = (name: string, given: readonly Code[]): Code => called(code`model.${trusted(name)}`, given)

const lean = trusted('lean: true')

/** How a query's command is run over `model` in `session`, and what becomes of its result. */
export interface CommandCode {
  readonly run: Code
  /** Rows, a row or nothing; a bare value is made a row of the name given here. */
  readonly gives: 'documents' | 'document' | 'nothing'
  readonly valueAs: string | null
}

const without = (settings: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => !names.includes(name)))

const documents = (run: Code): CommandCode => ({ run, gives: 'documents', valueAs: null })
const document = (run: Code): CommandCode => ({ run, gives: 'document', valueAs: null })
const nothing = (run: Code): CommandCode => ({ run, gives: 'nothing', valueAs: null })

const change: Readonly<Record<string, string>> = {
  updateOne: 'update',
  updateMany: 'update',
  replaceOne: 'replacement',
  findOneAndUpdate: 'update',
  findOneAndReplace: 'replacement',
}

/** A command of a query as code; `checkedCommand` has held it against those that there are. */
export const commandCode = (query: Query, command: JsonValue): CommandCode => {
  const [[name, first] = ['', null], ...rest] = isJsonObject(command) ? Object.entries(command) : []
  const settings = Object.fromEntries(rest)
  const part = (value: JsonValue): Code => partCode(query, value)
  const options = (of: JsonObject, ...fixed: readonly Code[]): Code => optionsCode(query, of, ...fixed)
  switch (name) {
    case 'find':
    case 'findOne': {
      const projection = part(settings['projection'] ?? null)
      const run = call(name, [part(first), projection, options(without(settings, ['projection']), lean)])
      return name === 'find' ? documents(run) : document(run)
    }
    case 'aggregate':
      return documents(call('aggregate', [part(first), options(settings)]))
    case 'countDocuments':
      return { run: call(name, [part(first), options(settings)]), gives: 'document', valueAs: 'count' }
    case 'distinct':
      return {
        run: call(name, [part(first), part(settings['filter'] ?? {}), trusted('session')]),
        gives: 'documents',
        valueAs: String(first),
      }
    case 'insertOne':
      return nothing(call('create', [code`[${part(first)}]`, trusted('session')]))
    case 'insertMany':
      return nothing(call('create', [part(first), trusted('{ ...session, ordered: true }')]))
    case 'deleteOne':
    case 'deleteMany':
      return nothing(call(name, [part(first), options(settings)]))
    case 'findOneAndDelete':
      return document(call(name, [part(first), options(settings, lean)]))
    default: {
      const changed = change[name] ?? 'update'
      const given = [part(first), part(settings[changed] ?? {})]
      const isRead = name.startsWith('findOneAnd')
      const run = call(name, [...given, options(without(settings, [changed]), ...(isRead ? [lean] : []))])
      return isRead ? document(run) : nothing(run)
    }
  }
}

export const quoted = (name: string): Code => text(name)
