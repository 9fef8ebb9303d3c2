type Replaced<Value, Path, Target> = Value extends null | undefined
  ? Value
  : Value extends readonly (infer Item)[]
    ? Replaced<Item, Path, Target>[]
    : Path extends `${infer First}.${infer Rest}`
      ? Omit<Value, First> & { [Key in First & keyof Value]: Replaced<Value[Key], Rest, Target> }
      : Omit<Value, Path & PropertyKey> & { [Key in Path & PropertyKey]: Target }

type First<Path> = Path extends `${infer Name}.${string}` ? Name : Path

/** The field of a document that a path leads into, with what `populate` puts at the path. */
export type Populated<Document, Targets, Path extends keyof Targets> = Pick<
  Replaced<Document, Path, Targets[Path]>,
  First<Path> & keyof Replaced<Document, Path, Targets[Path]>
>
