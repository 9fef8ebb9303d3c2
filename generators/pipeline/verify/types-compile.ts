import { report } from '../../kernel/diagnostic.js'
import { counted, nothingToProve, type Proof, placeOf } from './proof.js'

/** All emitted TypeScript compiles together, under the strictest flags. */
export const typesCompile: Proof = {
  id: 'types',
  title: 'TypeScript compiles under the strictest flags',
  prove: async (evidence, { compiler }) => {
    const files = evidence.files.filter(({ path }) => path.endsWith('.ts'))
    if (files.length === 0) return nothingToProve
    const diagnostics = (await compiler(evidence)).map((finding) =>
      report('types-refused', placeOf(evidence, finding), { message: finding.message }),
    )
    return { held: diagnostics.length > 0 ? null : counted(files.length, 'file'), diagnostics, unproved: [] }
  },
}
