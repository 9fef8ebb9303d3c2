import type { Extension } from './tables.js'

/** What an extension adds that a statement may name. What only its own indexes call is left out. */
export interface ExtensionNames {
  readonly types: readonly string[]
  readonly operatorClasses: readonly string[]
  readonly functions: readonly string[]
  /** Functions under a name that `pg_catalog` has too: they are meant where an argument is of the extension's type. */
  readonly overloads: readonly string[]
  /** Operators that `pg_catalog` does not have. */
  readonly operators: readonly string[]
  /** Operators that `pg_catalog` has for other types: they are meant where an operand is of one of `operands`. */
  readonly sharedOperators: readonly string[]
  /** The types whose values the shared operators take, as `pg_type.typname` calls them. */
  readonly operands: readonly string[]
}

const nothing: ExtensionNames = {
  types: [],
  operatorClasses: [],
  functions: [],
  overloads: [],
  operators: [],
  sharedOperators: [],
  operands: [],
}

const words = (text: string): readonly string[] => text.split(' ')

/** The names of the extensions that tables may need (Postgres manual, F.7, F.8, F.26, F.35; pgvector 0.8, README). */
export const extensionNames: Readonly<Record<Extension['name'], ExtensionNames>> = {
  vector: {
    types: words('vector halfvec sparsevec'),
    operatorClasses: words(
      'vector_ops vector_l2_ops vector_ip_ops vector_cosine_ops vector_l1_ops halfvec_ops halfvec_l2_ops halfvec_ip_ops halfvec_cosine_ops halfvec_l1_ops bit_hamming_ops bit_jaccard_ops sparsevec_ops sparsevec_l2_ops sparsevec_ip_ops sparsevec_cosine_ops sparsevec_l1_ops',
    ),
    functions: words(
      'l2_distance inner_product cosine_distance l1_distance hamming_distance jaccard_distance vector_dims vector_norm l2_norm l2_normalize normalize_l2 binary_quantize subvector array_to_vector array_to_halfvec array_to_sparsevec vector_to_float4',
    ),
    overloads: words('avg sum'),
    operators: words('<=> <#> <+> <~> <%>'),
    sharedOperators: words('<-> + - * || < <= = <> >= >'),
    operands: words('vector halfvec sparsevec'),
  },
  pg_trgm: {
    ...nothing,
    operatorClasses: words('gin_trgm_ops gist_trgm_ops'),
    functions: words('similarity word_similarity strict_word_similarity show_trgm show_limit set_limit'),
    operators: words('<% %> <<% %>> <<-> <->> <<<-> <->>>'),
    sharedOperators: words('% <->'),
    operands: words('text varchar bpchar'),
  },
  btree_gist: {
    ...nothing,
    operatorClasses: words(
      'gist_bit_ops gist_bool_ops gist_bpchar_ops gist_bytea_ops gist_cash_ops gist_cidr_ops gist_date_ops gist_enum_ops gist_float4_ops gist_float8_ops gist_inet_ops gist_int2_ops gist_int4_ops gist_int8_ops gist_interval_ops gist_macaddr8_ops gist_macaddr_ops gist_numeric_ops gist_oid_ops gist_text_ops gist_time_ops gist_timestamp_ops gist_timestamptz_ops gist_timetz_ops gist_uuid_ops gist_vbit_ops',
    ),
    sharedOperators: words('<->'),
    operands: words('int2 int4 int8 float4 float8 date time timestamp timestamptz interval money oid'),
  },
  // Its operator classes are the defaults of their types, and some are called as those of `pg_catalog` are.
  btree_gin: nothing,
  pgcrypto: {
    ...nothing,
    functions: words(
      'armor crypt dearmor decrypt decrypt_iv digest encrypt encrypt_iv gen_random_bytes gen_salt hmac pgp_armor_headers pgp_key_id pgp_pub_decrypt pgp_pub_decrypt_bytea pgp_pub_encrypt pgp_pub_encrypt_bytea pgp_sym_decrypt pgp_sym_decrypt_bytea pgp_sym_encrypt pgp_sym_encrypt_bytea',
    ),
  },
}
