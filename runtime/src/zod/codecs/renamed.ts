import { z } from 'zod'

/** A codec between two objects whose fields differ in their names. */
export const renamed = <Stored, Document, Row, Given>(
  stored: z.ZodType<Stored, Document>,
  row: z.ZodType<Row, Given>,
  names: { decode: (stored: Stored) => Given; encode: (row: Given) => Stored },
): z.ZodType<Row, Document> => z.codec(stored, row, names)
