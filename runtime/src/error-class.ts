/** The name of an error's class, on the class and on each error: copies of this package know each other's errors by it. */
export const className = Symbol.for('botschema.error')

/** Whether a value is an error of a class with this name, made by this copy of the package or by another. */
export const isNamed = (error: unknown, name: string): boolean =>
  error instanceof Error && Reflect.get(error, className) === name
