/** Somebody ended the run at a question. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted'
}
