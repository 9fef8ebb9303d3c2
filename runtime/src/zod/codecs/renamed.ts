import { z } from 'zod'

/** A codec between two objects whose fields differ in their names. */
export const renamed = <Stored, Document, Row>(
  stored: z.ZodType<Stored, Document>,
  row: z.ZodType<Row, unknown>,
  names: { decode: (stored: Stored) => Row; encode: (row: Row) => Stored },
): z.ZodType<Row, Document> =>
  // A row is given as it is read: what its schema takes besides are ids without a brand, and it makes none of them.
  z.codec(stored, row as z.ZodType<Row, Row>, names)
