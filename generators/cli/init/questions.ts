import type { Store } from '../../model/store.js'
import type { LibraryModule } from '../../pipeline/init/index.js'
import { Interrupted } from '../interrupted.js'
import type { Conversation } from '../terminal.js'

/** What `init` asks a person. Each question ends the run (`Interrupted`) when it is left with Ctrl-C or Escape. */
export interface Questions {
  readonly modules: (library: readonly LibraryModule[]) => Promise<readonly string[]>
  readonly stores: () => Promise<readonly Store[]>
  readonly goOn: (plan: string) => Promise<boolean>
}

const hintOf = ({ brings, summary }: LibraryModule): string =>
  brings.length === 0 ? summary : `${summary} Brings ${brings.join(', ')}.`

/** A question that was left gives a symbol. */
const isAnswer = <Given>(given: Given): given is Exclude<Given, symbol> => typeof given !== 'symbol'

/** The questions on somebody's terminal. */
export const questionsOn = async (conversation: Conversation): Promise<Questions> => {
  const { confirm, multiselect, select } = await import('@clack/prompts')
  const answered = async <Given>(asked: Promise<Given>): Promise<Exclude<Given, symbol>> => {
    const given = await asked
    if (!isAnswer(given)) throw new Interrupted()
    return given
  }
  return {
    modules: (library) =>
      answered(
        multiselect<string>({
          ...conversation,
          message: 'What does the bot keep that the library has?',
          options: library.map((module) => ({ value: module.name, label: module.name, hint: hintOf(module) })),
          required: false,
        }),
      ),
    stores: () =>
      answered(
        select<readonly Store[]>({
          ...conversation,
          message: 'Where is it kept?',
          options: [
            { value: ['postgres'], label: 'Postgres' },
            { value: ['mongo'], label: 'MongoDB' },
            { value: ['postgres', 'mongo'], label: 'both', hint: 'the same rows in either' },
          ],
        }),
      ),
    goOn: (plan) => {
      conversation.output.write(plan)
      return answered(confirm({ ...conversation, message: 'Write this?' }))
    },
  }
}
