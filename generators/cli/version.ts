import { packageJson } from './host/identity.js'

/** Read from package.json only when it is asked for. */
export const packageVersion = (): string => packageJson().version

/** The range of versions of a package that botschema itself asks for; of botschema, what is compatible with this one. */
export const packageRange = (name: string): string => {
  const { dependencies, devDependencies, version } = packageJson()
  return name === 'botschema' ? `^${version}` : (dependencies[name] ?? devDependencies[name] ?? '*')
}
