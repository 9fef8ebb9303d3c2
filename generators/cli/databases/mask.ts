/** What stands in the place of a secret. */
const dots = '•••'

/** Parameters of a connection string whose values let somebody in. */
const secretParameter = /pass|secret|key|token|credential/i

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** `user:password` of `scheme://user:password@host`; a password may hold an `@` that nobody escaped. */
const userinfoOf = (url: string): string => {
  const [, authority = ''] = /^[a-z][\w+.-]*:\/\/([^/?#]*)/i.exec(url) ?? []
  const end = authority.lastIndexOf('@')
  return end === -1 ? '' : authority.slice(0, end)
}

const secretsIn = (url: string): readonly string[] => {
  const userinfo = userinfoOf(url)
  const colon = userinfo.indexOf(':')
  const parameters = [...new URLSearchParams(url.slice(url.indexOf('?') + 1))]
    .filter(([name]) => url.includes('?') && secretParameter.test(name))
    .map(([, value]) => value)
  const password = colon === -1 ? [] : [userinfo, userinfo.slice(colon + 1)]
  return [url, ...password, ...parameters]
}

/** Takes a connection string out of texts: whole, its password, and whatever else looks like such a string. */
export const maskFor = (url: string): ((text: string) => string) => {
  const secrets = [...new Set(secretsIn(url).flatMap((secret) => [secret, decoded(secret)]))]
    .filter((secret) => secret !== '')
    .sort((a, b) => b.length - a.length)
  return (text) =>
    secrets
      .reduce((shown, secret) => shown.replaceAll(secret, dots), text)
      .replaceAll(/\b[a-z][a-z\d+.-]*:\/\/[^\s'"`]*@[^\s'"`]*/gi, dots)
}
