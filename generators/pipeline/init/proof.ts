import { type Diagnostic, report } from '../../kernel/diagnostic.js'
import type { Host } from '../host.js'
import { validateSet } from '../validate.js'
import type { InitChoices } from './choices.js'
import { copyFolder } from './copied-modules.js'
import type { PlannedFile } from './files.js'
import { libraryFolder } from './library.js'
import { withPlanned } from './overlay.js'

const moduleOf = (path: string, { folder }: InitChoices, modules: readonly string[]): string | null =>
  modules.find(
    (name) => path.startsWith(`${libraryFolder(name)}/`) || path.startsWith(`${copyFolder(folder, name)}/`),
  ) ?? null

/** Two modules that disagree, by their names; anything else as it is. */
const asChoice = (diagnostic: Diagnostic, choices: InitChoices, modules: readonly string[]): Diagnostic => {
  const [first] = diagnostic.related
  if (diagnostic.code !== 'modules-disagree' || first === undefined || diagnostic.at === null) return diagnostic
  const names = [first.at, diagnostic.at].map(({ source }) => moduleOf(source.path, choices, modules))
  const [one, other] = names
  return one == null || other == null ? diagnostic : report('choices-contradict', null, { one, other })
}

/** What `validate` will find wrong with the set once it is written. */
export const errorsOfPlan = async (
  host: Host,
  choices: InitChoices,
  modules: readonly string[],
  planned: readonly PlannedFile[],
): Promise<readonly Diagnostic[]> => {
  const { diagnostics } = await validateSet(withPlanned(host, planned), choices.folder, new Map())
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map((diagnostic) => asChoice(diagnostic, choices, modules))
}
