import type { Diagnostic } from '../../kernel/diagnostic.js'
import { appendOnly } from './append-only.js'
import { archiveCascade } from './archive-cascade.js'
import { cascadeCount } from './cascade-count.js'
import { checkedDefaults } from './checked-defaults.js'
import { computedFields } from './computed-fields.js'
import { derivedFields } from './derived-fields.js'
import { duplicateNames } from './duplicate-names.js'
import { emptyNames } from './empty-names.js'
import { emptySet } from './empty-set.js'
import { encryption } from './encryption.js'
import { eraseMissing } from './erase-missing.js'
import { erasures } from './erasures.js'
import { fieldValues } from './field-values.js'
import { hookKeys } from './hook-keys.js'
import { identities } from './identities.js'
import { indexMethods } from './index-methods.js'
import { keepContradiction } from './keep-contradiction.js'
import { keys } from './keys.js'
import { knownActors } from './known-actors.js'
import { knownFields } from './known-fields.js'
import { knownGroups } from './known-groups.js'
import { lists } from './lists.js'
import { partitions } from './partitions.js'
import { predicates } from './predicates.js'
import { properties } from './properties.js'
import { queryColumns } from './query-columns.js'
import { queryParameters } from './query-parameters.js'
import { referenceCycles } from './reference-cycles.js'
import { references } from './references.js'
import { renames } from './renames.js'
import { repeatedIndexes } from './repeated-indexes.js'
import { retentionBlocked } from './retention-blocked.js'
import { retentionEvents } from './retention-events.js'
import { retentionFields } from './retention-fields.js'
import { retentionIndex } from './retention-index.js'
import { retentionOrder } from './retention-order.js'
import { retentionSchedule } from './retention-schedule.js'
import { retentionStores } from './retention-stores.js'
import { retentionValues } from './retention-values.js'
import { rows } from './rows.js'
import type { Rule, RuleContext } from './rule.js'
import { singletons } from './singletons.js'
import { slowPatterns } from './slow-patterns.js'
import { storeOptions } from './store-options.js'
import { keptInStores } from './stores.js'
import { summaries } from './summaries.js'
import { summaryPersons } from './summary-persons.js'
import { unions } from './unions.js'
import { uniqueTypes } from './unique-types.js'
import { unusedDefinitions } from './unused-definitions.js'
import { usedActors } from './used-actors.js'

export type { Rule, RuleContext } from './rule.js'

/** Every rule, names first; none depends on another. */
export const rules: readonly Rule[] = [
  emptyNames,
  knownFields,
  knownActors,
  knownGroups,
  properties,
  duplicateNames,
  keys,
  identities,
  uniqueTypes,
  references,
  referenceCycles,
  predicates,
  fieldValues,
  checkedDefaults,
  slowPatterns,
  rows,
  computedFields,
  unions,
  indexMethods,
  repeatedIndexes,
  partitions,
  appendOnly,
  singletons,
  encryption,
  keptInStores,
  storeOptions,
  renames,
  lists,
  queryParameters,
  queryColumns,
  retentionFields,
  retentionOrder,
  retentionSchedule,
  retentionStores,
  summaries,
  derivedFields,
  retentionValues,
  hookKeys,
  retentionEvents,
  retentionBlocked,
  archiveCascade,
  keepContradiction,
  cascadeCount,
  erasures,
  eraseMissing,
  summaryPersons,
  retentionIndex,
  unusedDefinitions,
  usedActors,
  emptySet,
]

/** What the rules find in a model, in the order of the rules. */
export const checkRules = (context: RuleContext): readonly Diagnostic[] =>
  rules.flatMap(({ check }) => [...check(context)])
