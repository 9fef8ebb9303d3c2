#!/usr/bin/env node
import { run } from './run.js'
import { endAtOnce } from './stop-requests.js'
import { processTerminal } from './terminal.js'

/** A reader that closes its end (`botschema check | head`) has seen enough: no fault of anybody's. */
const endOnClosedPipe = (error: NodeJS.ErrnoException): void => {
  if (error.code === 'EPIPE') process.exit()
  throw error
}

process.stdout.on('error', endOnClosedPipe)
process.stderr.on('error', endOnClosedPipe)
process.on('SIGINT', endAtOnce)
process.on('SIGTERM', endAtOnce)

process.exitCode = await run(process.argv.slice(2), processTerminal())
