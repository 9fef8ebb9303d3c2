import { report } from '../../kernel/diagnostic.js'
import { examplesOf, linksOf, rowFinder, seedsOf } from './example-rows.js'
import { counted, nothingToProve, type Proof } from './proof.js'

/** Every reference of an example leads to a row that another example, or the seed, makes. */
export const examplesRefer: Proof = {
  id: 'example-references',
  title: 'examples refer to rows that are there',
  prove: async ({ set }) => {
    const examples = examplesOf(set)
    if (examples.length === 0) return nothingToProve
    const find = rowFinder([...seedsOf(set), ...examples])
    const diagnostics = examples.flatMap((example) =>
      linksOf(set, example, find)
        .filter(({ to }) => to === null)
        .map(({ reference: { fields, to } }) => {
          const value = example.row.values.find(({ field }) => fields.includes(field))
          const parameters = { entity: to.entity, fields: to.fields.join(', ') }
          return report('example-refers-to-nothing', value?.origin ?? example.row.origin, parameters)
        }),
    )
    return { held: diagnostics.length > 0 ? null : counted(examples.length, 'row'), diagnostics, unproved: [] }
  },
}
