import { bug } from '../kernel/bug.js'
import { sha256 } from '../kernel/hash.js'
import type { Result } from '../kernel/result.js'
import type { OutputPart } from '../model/target.js'
import type { Host } from './host.js'
import { joinFiles, type OutputFile, type Piece, piecesByPath } from './join.js'
import { isSafeOutputPath } from './paths.js'
import { type CachedPart, type CachedUnit, readUnitCache, type UnitCache, writeUnitCache } from './unit-cache.js'
import type { TargetUnit } from './units.js'

interface Answer {
  readonly unit: TargetUnit
  readonly pieces: readonly Piece[]
  /** False for a unit that found something: the places of its findings move while its hash stays. */
  readonly keep: boolean
}

const emitUnit = async (from: TargetUnit): Promise<Result<readonly OutputPart[]>> => {
  const emitted = await from.unit.emit()
  const outside = emitted.value.find(({ path }) => !isSafeOutputPath(path))
  if (outside !== undefined) bug(`${from.key} emits ${JSON.stringify(outside.path)}, outside its output folder`)
  return emitted
}

const emitAgain = async (from: TargetUnit, part: CachedPart): Promise<string> => {
  const { value } = await emitUnit(from)
  const again = value.find(({ path, text }) => path === part.path && sha256(text) === part.hash)
  return again?.text ?? bug(`${from.key} does not emit ${part.path} the same twice`)
}

const pieceOf = (from: TargetUnit, part: CachedPart): Piece => ({
  ...part,
  definitions: from.unit.definitions,
  load: async () => part.text ?? emitAgain(from, part),
})

const answerFor = async (cache: UnitCache, unit: TargetUnit): Promise<Result<Answer>> => {
  const cached = cache.get(unit.key)
  if (cached?.version === unit.version) {
    const pieces = cached.parts.map((part) => pieceOf(unit, part))
    return { value: { unit, pieces, keep: true }, diagnostics: [] }
  }
  const { value, diagnostics } = await emitUnit(unit)
  const pieces = value.map((part) => pieceOf(unit, { ...part, hash: sha256(part.text) }))
  return { value: { unit, pieces, keep: diagnostics.length === 0 }, diagnostics }
}

/** A part that fills its file alone is kept by hash: its text stands on the disk, and is emitted again when it does not. */
const cachedPart = (piece: Piece, isAlone: boolean): CachedPart => ({
  path: piece.path,
  order: piece.order,
  hash: piece.hash,
  text: isAlone ? null : piece.text,
})

const cacheOf = (answers: readonly Answer[], files: ReadonlyMap<string, readonly Piece[]>): UnitCache => {
  const isAlone = ({ path }: Piece): boolean => files.get(path)?.length === 1
  const entries = answers
    .filter(({ keep }) => keep)
    .map(({ unit, pieces }): [string, CachedUnit] => [
      unit.key,
      { version: unit.version, parts: pieces.map((piece) => cachedPart(piece, isAlone(piece))) },
    ])
  return new Map(entries)
}

const isSame = (answers: readonly Answer[], cache: UnitCache): boolean =>
  answers.length === cache.size && answers.every(({ unit }) => cache.get(unit.key)?.version === unit.version)

/** The files of a set: each unit answered from the cache or emitted, their parts joined. Sorted by path. */
export const emitFiles = async (
  host: Host,
  folder: string,
  units: readonly TargetUnit[],
): Promise<Result<readonly OutputFile[]>> => {
  const cache = readUnitCache(host, folder)
  const results: Result<Answer>[] = []
  for (const [index, unit] of units.entries()) {
    if (index % 16 === 0) {
      host.progress(`${folder}: emitting, ${Math.floor((100 * index) / units.length)} %`)
      await host.breathe()
    }
    results.push(await answerFor(cache, unit))
  }
  const answers = results.map(({ value }) => value)
  const files = piecesByPath(answers.flatMap(({ pieces }) => pieces))
  if (!isSame(answers, cache)) writeUnitCache(host, folder, cacheOf(answers, files))
  return { value: await joinFiles(files), diagnostics: results.flatMap(({ diagnostics }) => diagnostics) }
}
