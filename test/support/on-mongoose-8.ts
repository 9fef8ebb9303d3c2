import Module from 'node:module'

type Resolve = (request: string, ...more: readonly unknown[]) => string

const resolve = Reflect.get(Module, '_resolveFilename') as Resolve

/**
 * Has emitted code, which is loaded by Node's own `require`, get Mongoose 8 by the name `mongoose`. What Vitest itself loads
 * gets it by the alias of the project. `Module.registerHooks` is not in every Node that is supported.
 */
const resolveOlder: Resolve = (request, ...more) =>
  Reflect.apply(resolve, Module, [request.replace(/^mongoose(?=$|\/)/, 'mongoose-8'), ...more])

Reflect.set(Module, '_resolveFilename', resolveOlder)
