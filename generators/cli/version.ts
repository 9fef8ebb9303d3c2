import { packageJson } from './host/identity.js'

/** Read from package.json only when it is asked for. */
export const packageVersion = (): string => packageJson().version
