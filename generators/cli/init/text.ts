import { unreachable } from '../../kernel/bug.js'
import { visibleLine } from '../../kernel/safe/visible.js'
import { type InitPlan, outputBase, type PlannedChange } from '../../pipeline/init/index.js'
import type { Paint } from '../output/paint.js'

const fileLine = ({ change, path }: PlannedChange, paint: Paint): string => {
  switch (change) {
    case 'write':
      return `  ${paint.green('write')}  ${visibleLine(path)}\n`
    case 'change':
      return `  ${paint.yellow('change')} ${visibleLine(path)}\n`
    case 'keep':
      return ''
    default:
      return unreachable(change)
  }
}

const broughtLines = ({ choices, modules }: InitPlan): readonly string[] =>
  modules
    .filter(({ brings }) => brings.some((name) => !choices.modules.includes(name)))
    .map(({ name, brings }) => `  ${name} brings ${brings.join(', ')}\n`)

/** What is in the plan for people: the modules with what they bring, and each file that is written or changed. */
export const planText = (plan: InitPlan, paint: Paint): string => {
  const { choices, changes } = plan
  const took = choices.modules.length === 0 ? 'takes in nothing' : `takes in ${choices.modules.join(', ')}`
  const lines = changes.map((change) => fileLine(change, paint))
  return [
    `${paint.bold(visibleLine(choices.folder))} → ${outputOf(plan)}: ${choices.copy ? `${took}, as copies` : took}\n`,
    ...broughtLines(plan),
    ...lines,
  ].join('')
}

export const outputOf = ({ choices }: InitPlan): string => `${outputBase}/${choices.name}`

/** The commands that come next. */
export const nextText = ({ choices, changes }: InitPlan, paint: Paint): string => {
  const isChanged = changes.some(({ change, path }) => path === 'package.json' && change !== 'keep')
  const commands = [
    ...(isChanged ? ['npm install'] : []),
    choices.javascript ? 'npm run botschema:try' : 'npx botschema generate',
  ]
  return `${paint.bold('Next:')} ${commands.join(', then ')}\n`
}
