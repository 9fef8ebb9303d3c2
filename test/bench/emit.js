import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import ts from 'typescript'

const here = fileURLToPath(new URL('.', import.meta.url))
const botschema = join(here, '..', '..', 'dist', 'cli', 'main.js')

export const workFolder = (name) => join(here, 'work', name)

const transpile = (from, to) => {
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true }
  writeFileSync(to, ts.transpileModule(readFileSync(from, 'utf8'), { compilerOptions }).outputText)
}

/**
 * Generates the set `bench` of a folder, and makes JavaScript of what a bot on Postgres imports.
 *
 * @returns the URL of the module with all functions, and the emitted SQL by its file's name
 */
export const emit = (folder) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [botschema, 'generate', 'schemas'], {
    cwd: folder,
    env: { ...process.env, BOTSCHEMA_CACHE: join(tmpdir(), 'botschema-bench-cache') },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stdout + stderr)
  const [emitted, target] = [join(folder, 'output', 'bench'), join(folder, 'js')]
  rmSync(target, { recursive: true, force: true })
  for (const name of ['typescript', 'zod', 'postgres']) {
    mkdirSync(join(target, name), { recursive: true })
    for (const file of readdirSync(join(emitted, name)).filter((each) => each.endsWith('.ts'))) {
      transpile(join(emitted, name, file), join(target, name, file.replace(/ts$/, 'js')))
    }
  }
  writeFileSync(join(target, 'package.json'), '{ "type": "module" }')
  return {
    module: pathToFileURL(join(target, 'postgres', 'index.js')).href,
    sql: (name) => readFileSync(join(emitted, 'postgres', `${name}.sql`), 'utf8'),
  }
}
