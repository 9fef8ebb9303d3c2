import { maskFor } from './mask.js'

/** What Node's sockets, Postgres (manual, appendix A) and MongoDB (its error codes) say on the way into a database. */
const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection is refused, so no server listens there',
  ECONNRESET: 'the server closed the connection',
  EPIPE: 'the server closed the connection',
  EHOSTUNREACH: 'its host cannot be reached',
  ENETUNREACH: 'its network cannot be reached',
  ENOTFOUND: 'its host is not known',
  EAI_AGAIN: 'its host is not known',
  ENOENT: 'there is no such socket',
  ETIMEDOUT: 'it does not answer',
  ERR_INVALID_URL: 'the URL cannot be read',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by itself',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  '28000': 'it does not let this user in',
  '28P01': 'the user or the password is wrong',
  '3D000': 'there is no database of that name',
  '53300': 'it has as many connections as it allows',
  '55P03': 'somebody holds a lock on what it has to read',
  '57014': 'it did not finish in time',
  '57P01': 'the server is shutting down',
  '57P02': 'the server was stopped',
  '57P03': 'the server is starting up or shutting down',
  '18': 'the user or the password is wrong',
}

/** Failures that are told by their words alone. */
const worded: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/ECONNREFUSED/, 'the connection is refused, so no server listens there'],
  [/ENOTFOUND|EAI_AGAIN/, 'its host is not known'],
  [/^timeout exceeded|due to connection timeout|timed out|^Query read timeout/, 'it does not answer'],
  [/terminated unexpectedly|^Client has encountered a connection error/, 'the server closed the connection'],
  [/client password must be/, 'it asks for a password, and the URL has none'],
  [/^Invalid (?:URL|scheme|connection string)|required in the uri/, 'the URL cannot be read'],
]

const codeOf = (failure: unknown): string =>
  typeof failure === 'object' && failure !== null && 'code' in failure ? String(failure.code) : ''

const messageOf = (failure: unknown): string => {
  if (failure instanceof Error) return failure.message === '' ? failure.name : failure.message
  return typeof failure === 'string' ? failure : 'something was thrown that is no error'
}

/** Says why something failed: known ways in words of our own, others as they were told, without the secrets of the URL. */
export const reasonsFor = (url: string): ((failure: unknown) => string) => {
  const mask = maskFor(url)
  return (failure) => {
    const message = messageOf(failure)
    const known = reasons[codeOf(failure)] ?? worded.find(([pattern]) => pattern.test(message))?.[1]
    return known ?? mask(message.trim().replace(/\.$/, ''))
  }
}
