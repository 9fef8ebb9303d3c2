/**
 * What emitted code takes of Node, declared as Node's own types have it: those are no part of this package, and a bot has
 * them or not.
 */
export const nodeTypes = `declare module 'node:crypto' {
  interface Cipher {
    setAAD(bytes: Uint8Array): this
    update(text: string, encoding: 'utf8'): Uint8Array
    final(): Uint8Array
    getAuthTag(): Uint8Array
  }
  interface Decipher {
    setAAD(bytes: Uint8Array): this
    setAuthTag(tag: Uint8Array): this
    update(bytes: Uint8Array, from: undefined, to: 'utf8'): string
    final(to: 'utf8'): string
  }
  export function createCipheriv(algorithm: 'aes-256-gcm', key: Uint8Array, iv: Uint8Array): Cipher
  export function createDecipheriv(
    algorithm: 'aes-256-gcm',
    key: Uint8Array,
    iv: Uint8Array,
    options: { authTagLength?: number },
  ): Decipher
  export function hkdfSync(digest: string, key: string, salt: string, info: string, length: number): ArrayBuffer
  export function randomBytes(size: number): Uint8Array
  export function randomUUID(): string
  interface Hash {
    update(text: string): this
    digest(encoding: 'base64url'): string
  }
  export function createHash(algorithm: 'sha256'): Hash
}
declare module 'node:async_hooks' {
  export class AsyncLocalStorage<Store> {
    getStore(): Store | undefined
    run<Result>(store: Store, callback: () => Result): Result
  }
}
declare module 'node:process' {
  export function emitWarning(warning: string, type?: string): void
}
declare const crypto: { randomUUID(): string }
interface AbortSignal {
  readonly aborted: boolean
}
declare function setTimeout(callback: (_: void) => void, milliseconds?: number): unknown
declare function setInterval(callback: () => void, milliseconds?: number): number
declare function clearInterval(timer: number): void
`
