/** A mistake of botschema's own: never thrown for what a user wrote. The command line turns it into exit code 70. */
export class Bug extends Error {
  override readonly name = 'Bug'
}

export const bug = (message: string): never => {
  throw new Bug(message)
}

/** Ends a switch over a closed union: a new member does not compile until every switch answers for it. */
export const unreachable = (value: never): never => bug(`a case is missing for ${JSON.stringify(value)}`)

/** What must be there, because an earlier pass saw to it; `what` names it for the report of the bug. */
export const known = <T>(value: T | undefined | null, what: string): T => value ?? bug(`${what} is missing`)
