// Measures botschema beside drizzle-kit and beside Node's own start, as whole processes: medians of 5 in one run.
// Usage: npm run bench [-- SIZE…]   (sizes: 10 100 1000)
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { accessTable, measureAccess } from './access.js'
import { measure } from './measure.js'
import { measureRetention, retentionTable } from './retention.js'
import { editedFile, writeSets } from './sets.js'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = join(here, '..', '..')
const botschema = join(root, 'dist', 'cli', 'main.js')
const drizzleKit = join(here, 'node_modules', 'drizzle-kit', 'bin.cjs')
const sizes = process.argv.slice(2).map(Number).filter(Boolean)

const print = (line) => process.stdout.write(`${line}\n`)
const row = (...cells) => print(`| ${cells.join(' | ')} |`)
const ms = ({ milliseconds }) => `${Math.round(milliseconds)} ms`
const times = (a, b) => `${(a.milliseconds / b.milliseconds).toFixed(2)}×`

const nodeStart = { args: ['-e', '0'], cwd: root }

const measureSize = (size) => {
  const folder = join(here, 'work', String(size))
  writeSets(folder, size)
  // Not in the repository, where botschema uses none.
  const cache = join(tmpdir(), `botschema-bench-cache-${size}`)
  const run = (command, extra = {}) => ({
    args: [botschema, command, 'schemas'],
    cwd: folder,
    env: { BOTSCHEMA_CACHE: cache },
    ...extra,
  })
  const forget = () => {
    for (const made of [join(folder, 'output'), cache]) rmSync(made, { recursive: true, force: true })
  }
  const file = editedFile(folder, size)
  const original = readFileSync(file, 'utf8')
  let edits = 0
  const edit = () => writeFileSync(file, original.replace('Why it is there.', `Why it is there ${++edits}.`))

  const cold = measure({
    generate: run('generate', { before: forget }),
    drizzle: {
      args: [drizzleKit, 'generate', '--config', 'drizzle.config.js'],
      cwd: folder,
      env: { NODE_PATH: join(here, 'node_modules') },
      before: () => rmSync(join(folder, 'drizzle'), { recursive: true, force: true }),
    },
  })
  const warm = measure({ node: nodeStart, generate: run('generate'), check: run('check') })
  const edited = measure({ generate: run('generate', { before: edit }) })
  return { size, cold, warm, edited }
}

const report = ({ size, cold, warm, edited }) =>
  row(
    size,
    ms(cold.generate),
    times(cold.generate, cold.drizzle),
    `${Math.round(cold.generate.cpu)} ms (${(cold.generate.cpu / cold.drizzle.cpu).toFixed(2)}×)`,
    `${ms(warm.generate)} (${times(warm.generate, warm.node)})`,
    `${ms(warm.check)} (${times(warm.check, warm.node)})`,
    ms(edited.generate),
    `${Math.round(cold.generate.mebibytes)} MiB`,
  )

print(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`,
)
row(
  'entities',
  'cold generate',
  'beside drizzle-kit',
  'its CPU time (beside drizzle-kit)',
  'no-op generate (beside `node -e 0`)',
  'no-op check',
  'after one edit',
  'peak memory',
)
row('--:', '--:', '--:', '--:', '--:', '--:', '--:', '--:')
const results = (sizes.length > 0 ? sizes : [10, 100, 1000]).map((size) => {
  const result = measureSize(size)
  report(result)
  return result
})

const [hundred, thousand] = [100, 1000].map((size) => results.find((result) => result.size === size))
if (hundred && thousand)
  print(`\nFrom 100 to 1,000 entities cold generate grows ${times(thousand.cold.generate, hundred.cold.generate)}.`)

const repository = (command) => ({ args: [botschema, command, 'schemas'], cwd: root })
const own = measure({ node: nodeStart, generate: repository('generate'), check: repository('check') })
print(
  `The sets of this repository, no-op: generate ${ms(own.generate)} (${times(own.generate, own.node)}), check ${ms(own.check)} (${times(own.check, own.node)}).`,
)

const url = process.env['POSTGRES_TEST_URL']
if (url === undefined) print('\nData access and retention were not measured: POSTGRES_TEST_URL names no server.')
else {
  for (const line of ['', ...accessTable(await measureAccess(url))]) print(line)
  for (const line of ['', ...retentionTable(await measureRetention(url))]) print(line)
}
