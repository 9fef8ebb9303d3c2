import type { Query } from '../../model/entity.js'
import { sqlParameters } from '../../model/sql-parameters.js'

/** A key that encrypts nothing but examples. */
export const exampleKey = 'a key for examples only, 0123456789abcdef'

/** The functions whose second argument is a key (Postgres manual, F.26.3.1). */
const takesKey = /^pgp_sym_(?:en|de)crypt(?:_bytea)?$/

/** The parameters that a statement hands to pgcrypto as the key: they are the key that examples are stored with. */
export const keyParameters = ({ postgres }: Query): ReadonlySet<string> =>
  new Set(
    [...sqlParameters(postgres?.text ?? '')].flatMap(({ name, call }) =>
      call !== null && call.argument === 2 && takesKey.test(call.of) ? [name] : [],
    ),
  )
