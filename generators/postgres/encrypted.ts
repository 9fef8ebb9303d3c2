import { readFile } from 'node:fs/promises'
import { type Diagnostic, report } from '../kernel/diagnostic.js'
import { hashOf, hashOfPart } from '../kernel/hash.js'
import { ok } from '../kernel/result.js'
import type { PostgresOptions } from '../model/options.js'
import type { SchemaSet } from '../model/schema-set.js'
import type { OutputPart, Unit } from '../model/target.js'
import { trusted, valueImport } from '../script/code.js'
import { encryptedEntities, encryptedIn } from '../script/encryption.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { header } from '../script/names.js'
import { reachableHash } from '../script/reachable.js'
import { encryptedCode } from './encrypted-code.js'

const importLine = "import { z } from 'zod'\n"

/** What all functions of encrypted fields share; the path is the same from `generators/postgres/` and from `dist/postgres/`. */
const runtimePart = async (set: SchemaSet, kind: ModuleKind): Promise<OutputPart> => {
  const source = await readFile(new URL('../../templates/postgres/encryption.ts', import.meta.url), 'utf8')
  const body = [trusted(source.replace(importLine, '').trim(), [valueImport('package:zod', 'z')])]
  const text = moduleText({ path: 'postgres/encryption', kind, header: header(set.name), body })
  return { path: 'postgres/encryption.ts', order: 0, text }
}

const functionsPart = (set: SchemaSet, schema: string, kind: ModuleKind): OutputPart => {
  const body = encryptedEntities(set, 'postgres').flatMap((entity) => encryptedCode(entity, schema))
  const text = moduleText({ path: 'postgres/encrypted', kind, header: header(set.name), body })
  return { path: 'postgres/encrypted.ts', order: 0, text }
}

/** `postgres/encryption.ts` and `postgres/encrypted.ts`, where a set has encrypted fields: what writes and reads them. */
export const encryptedUnits = (set: SchemaSet, { schema }: PostgresOptions): readonly Unit[] => {
  const entities = encryptedEntities(set, 'postgres')
  if (entities.length === 0 || set.targets.zod === null) return []
  const kind = set.targets.typescript?.module ?? 'esm'
  const reads = entities.map((entity) => [hashOfPart(entity), reachableHash(set, entity.fields)])
  return [
    {
      id: 'postgres encryption',
      definitions: [],
      hash: hashOf(['postgres encryption', set.name, kind]),
      emit: async () => ok([await runtimePart(set, kind)]),
    },
    {
      id: 'postgres encrypted',
      definitions: entities.map(({ name }) => `entity ${name}`),
      hash: hashOf(['postgres encrypted', set.name, kind, schema, reads]),
      emit: async () => ok([functionsPart(set, schema, kind)]),
    },
  ]
}

/** Encrypted fields are written by code that takes new rows: it needs the validators, and those need the types. */
export const encryptedDiagnostics = (set: SchemaSet): readonly Diagnostic[] => {
  if (set.targets.zod !== null) return []
  const [first] = encryptedEntities(set, 'postgres').flatMap((entity) => encryptedIn(entity, 'postgres'))
  return first === undefined ? [] : [report('target-needed', first.origin, { target: 'postgres', needs: 'zod', option: null })]
}
