import { trusted } from '../script/code.js'
import { type ModuleKind, moduleText } from '../script/module.js'
import { header } from '../script/names.js'

const types = [
  '/** What a field of type `json` holds: any JSON value but null, its numbers finite. */\nexport type Json = boolean | number | string | JsonValue[] | { [key: string]: JsonValue }',
  '/** Any JSON value, as it stands inside another. */\nexport type JsonValue = Json | null',
]

/** The module of JSON values. */
export const jsonModule = (setName: string, kind: ModuleKind): string =>
  moduleText({ path: 'typescript/json', kind, header: header(setName), body: types.map((text) => trusted(text)) })
