import { type Diagnostic, report, sortDiagnostics } from '../../kernel/diagnostic.js'
import { nearest } from '../../kernel/nearest.js'
import { compareText } from '../../kernel/order.js'
import { hasErrors, type Result } from '../../kernel/result.js'
import type { ModuleSystem } from '../../model/options.js'
import { guarded } from '../guard.js'
import type { Host } from '../host.js'
import { relativeTo } from '../paths.js'
import { additionsFor, type Ranges } from './additions.js'
import type { InitChoices } from './choices.js'
import { copiedModule, copyFolder } from './copied-modules.js'
import { addedTo, outputBase, type PlannedFile } from './files.js'
import { builtLines, javascriptBuild } from './javascript-build.js'
import { embeddedFolder, javascriptStorage } from './javascript-storage.js'
import { type LibraryModule, libraryFolder, readLibrary, withBrought } from './library.js'
import { withLines } from './lines.js'
import { moduleKindOf, type PackageJson, packageFile, readPackageJson, withAdditions } from './package-json.js'
import { errorsOfPlan } from './proof.js'
import { exampleFile, headFile } from './set-files.js'
import { besideDisk, blockersOf, type PlannedChange } from './standing.js'
import { workflow } from './workflow.js'

/** What `init` will do: every file with what becomes of it, in order of their paths. */
export interface InitPlan {
  readonly choices: InitChoices
  /** The chosen modules, each with what it brings. */
  readonly modules: readonly LibraryModule[]
  readonly module: ModuleSystem
  readonly changes: readonly PlannedChange[]
}

const unknownModules = (library: readonly LibraryModule[], chosen: readonly string[]): readonly Diagnostic[] => {
  const names = library.map(({ name }) => name)
  return chosen
    .filter((name) => !names.includes(name))
    .map((name) => report('unknown-choice', null, { name, nearest: nearest(name, names), choices: names }))
}

const setFiles = (host: Host, choices: InitChoices, modules: readonly string[], module: ModuleSystem) => {
  const { copy, folder, modules: chosen } = choices
  const uses = chosen.map((name) => (copy ? `./${relativeTo(folder, copyFolder(folder, name))}` : libraryFolder(name)))
  return [
    headFile(choices, uses, module),
    exampleFile(choices, modules.includes('guilds')),
    ...(copy ? modules.flatMap((name) => copiedModule(host, folder, name)) : []),
  ]
}

const [ignoreFile, attributesFile] = ['.gitignore', '.gitattributes']

/** What git is told: what not to keep, and that outputs are no work of people, with the line ends that `check` compares. */
const gitFiles = (host: Host, { javascript, stores }: InitChoices, module: ModuleSystem, project: ModuleSystem) => [
  withLines(host, ignoreFile, [
    'node_modules/',
    '.botschema-*.partial',
    ...(javascript ? builtLines(module, project) : []),
    ...(javascript && stores.includes('postgres') ? [`${embeddedFolder}/`] : []),
  ]),
  withLines(host, attributesFile, [`${outputBase}/** text eol=lf linguist-generated=true`]),
]

const plannedFiles = (
  host: Host,
  choices: InitChoices,
  modules: readonly string[],
  packageJson: PackageJson,
): { readonly project: ModuleSystem; readonly module: ModuleSystem; readonly files: readonly PlannedFile[] } => {
  const project = moduleKindOf(packageJson)
  const module = choices.module ?? project
  const files = [
    ...setFiles(host, choices, modules, module),
    workflow,
    ...(choices.javascript
      ? [...javascriptBuild(module, project), ...javascriptStorage(choices, project, modules.includes('guilds'))]
      : []),
    ...gitFiles(host, choices, module, project),
  ]
  return { project, module, files }
}

const byPath = (a: PlannedFile, b: PlannedFile): number => compareText(a.path, b.path)

interface Drawn {
  readonly module: ModuleSystem
  readonly changes: readonly PlannedChange[]
}

/** Every file of the plan beside the disk; null where something forbids it. */
const drawn = (
  host: Host,
  choices: InitChoices,
  modules: readonly string[],
  ranges: Ranges,
  force: boolean,
): Result<Drawn | null> => {
  // These are read before they are added to, so what stands in their place is told first.
  const blocked = [packageFile, ignoreFile, attributesFile].flatMap((path) => blockersOf(host, path))
  if (blocked.length > 0) return { value: null, diagnostics: blocked }
  const packageJson = readPackageJson(host, choices.name, choices.module ?? 'esm')
  if (packageJson.value === null) return { value: null, diagnostics: packageJson.diagnostics }
  const { project, module, files } = plannedFiles(host, choices, modules, packageJson.value)
  const added = withAdditions(packageJson.value, additionsFor(choices, project, ranges), force)
  const beside = [...files, addedTo(packageFile, added.value)].sort(byPath).map((file) => besideDisk(host, file, force))
  const diagnostics = [...added.diagnostics, ...beside.flatMap((one) => ('refused' in one ? one.refused : []))]
  const changes = beside.flatMap((one) => ('refused' in one ? [] : [one]))
  return { value: hasErrors(diagnostics) ? null : { module, changes }, diagnostics }
}

/**
 * Plans a new set, and proves that the plan holds: the set compiles for all its targets, and nothing that stands on the
 * disk is lost. Null with errors. Writes nothing.
 *
 * @param ranges of the packages that emitted code imports, and of botschema
 * @param force whether files of another text may be overwritten
 */
export const planInit = (
  host: Host,
  choices: InitChoices,
  ranges: Ranges,
  force: boolean,
): Promise<Result<InitPlan | null>> =>
  guarded<Result<InitPlan | null>>(
    async () => {
      const library = readLibrary(host)
      const unknown = unknownModules(library, choices.modules)
      if (unknown.length > 0) return { value: null, diagnostics: unknown }
      const names = withBrought(library, choices.modules)
      const { value, diagnostics } = drawn(host, choices, names, ranges, force)
      if (value === null) return { value, diagnostics: sortDiagnostics(diagnostics) }
      const errors = sortDiagnostics(await errorsOfPlan(host, choices, names, value.changes))
      const modules = library.filter(({ name }) => choices.modules.includes(name))
      return { value: errors.length > 0 ? null : { choices, modules, ...value }, diagnostics: errors }
    },
    (diagnostic) => ({ value: null, diagnostics: [diagnostic] }),
  )
