import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const own = join(root, 'node_modules')

export const npm = (args: readonly string[], cwd: string): string =>
  execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

/** The archives of the two packages of this repository, by the names that they are installed under. */
export type Archives = ReadonlyMap<string, string>

const packed = (folder: string, of: string): string =>
  join(folder, npm(['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], of).trim())

/** Packs the compiler and the runtime into a folder. */
export const packInto = (folder: string): Archives => {
  mkdirSync(folder, { recursive: true })
  return new Map([
    ['botschema', packed(folder, root)],
    ['@botschema/runtime', packed(folder, join(root, 'runtime'))],
  ])
}

/** The folders of everything the package needs to run, without what only its development needs. */
export const runtimeDependencies = (): readonly string[] =>
  npm(['ls', '--omit=dev', '--all', '--parseable'], root)
    .split('\n')
    .filter((path) => path.startsWith(own))
    .map((path) => relative(own, path))
    .filter((path) => !path.includes('node_modules'))

const withScopes = (name: string): readonly string[] =>
  name.startsWith('@') ? readdirSync(join(own, name)).map((inner) => `${name}/${inner}`) : [name]

/** All packages that are installed here, for projects that import some of them. */
export const installedPackages = (): readonly string[] =>
  readdirSync(own)
    .filter((name) => !name.startsWith('.'))
    .flatMap(withScopes)

/** A project with the packed packages in it, as `npm install` of the archives leaves it; no registry is asked. */
export const installInto = (folder: string, archives: Archives, packages: readonly string[]): string => {
  const modules = join(folder, 'node_modules')
  for (const [name, archive] of archives) {
    mkdirSync(join(modules, name), { recursive: true })
    execFileSync('tar', ['-xzf', archive, '--strip-components=1', '-C', join(modules, name)])
  }
  for (const name of packages.filter((one) => !archives.has(one))) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(own, name), join(modules, name))
  }
  const program = join(modules, 'botschema', 'dist', 'cli', 'main.js')
  mkdirSync(join(modules, '.bin'), { recursive: true })
  symlinkSync(program, join(modules, '.bin', 'botschema'))
  if (packages.includes('typescript')) symlinkSync(join(own, 'typescript/bin/tsc'), join(modules, '.bin', 'tsc'))
  return program
}

const script = (path: string, lines: readonly string[]): void => {
  writeFileSync(path, `#!/bin/sh\n${lines.join('\n')}\n`)
  chmodSync(path, 0o755)
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

/**
 * A folder for the front of `PATH` in which `npm install` and `npx botschema` need no registry: what they would fetch is
 * linked from here, botschema and its runtime from their archives. Everything else goes to the real ones.
 */
export const commandsWithoutRegistry = (folder: string, archives: Archives): string => {
  const bin = join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  const [program, prepared] = [join(folder, 'prepared'), join(folder, 'fetched')]
  installInto(program, archives, runtimeDependencies())
  installInto(prepared, archives, installedPackages())
  const real = (name: string): string => execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim()
  const start = `exec ${quoted(process.execPath)} ${quoted(join(program, 'node_modules/botschema/dist/cli/main.js'))} "$@"`
  script(join(bin, 'npm'), [
    `[ "$1" = install ] && exec cp -R ${quoted(join(prepared, 'node_modules'))} .`,
    `exec ${quoted(real('npm'))} "$@"`,
  ])
  script(join(bin, 'npx'), [
    `if [ "$1" = botschema ] && [ ! -e node_modules/.bin/botschema ]; then shift; ${start}; fi`,
    `exec ${quoted(real('npx'))} "$@"`,
  ])
  return bin
}
