import { type Command, Option } from 'commander'
import type { FormatOptions } from '../command.js'
import { type OutsideOptions, withJson, withSets } from '../options.js'
import { readBatch, readDuration, readInstant, readNames } from './arguments.js'

/** What `retention plan` and `retention run` take; a flag without a URL is true. */
export interface PlanOptions extends FormatOptions, OutsideOptions {
  readonly postgres?: string | true
  readonly mongo?: string | true
  readonly at?: Date
}

/** Times in milliseconds. */
export interface RunOptions extends PlanOptions {
  readonly once?: true
  readonly every?: number
  readonly batch?: number
  readonly maxTime?: number
  readonly only?: readonly string[]
  readonly hooks?: string
}

/** The options that say which database, and as of when. */
export const withDatabase = (command: Command): Command =>
  withSets(withJson(command))
    .addOption(
      new Option('--postgres [url]', 'in a Postgres database; that of DATABASE_URL by default').conflicts('mongo'),
    )
    .option('--mongo [url]', 'in a database of MongoDB; that of MONGODB_URI by default')
    .addOption(
      new Option('--at <time>', 'as of a moment, such as `2025-06-01T00:00:00Z`; now by default').argParser(
        readInstant,
      ),
    )

/** The options of a run. */
export const withRun = (command: Command): Command =>
  withDatabase(command)
    .addOption(new Option('--once', 'run once, which is the default').conflicts('every'))
    .addOption(
      new Option('--every <duration>', 'run again and again, so far apart, such as `10m` or `1 day`')
        .argParser(readDuration)
        .conflicts('at'),
    )
    .addOption(
      new Option('--batch <rows>', 'rows at a time; by default what the set says, or 1000').argParser(readBatch),
    )
    .addOption(new Option('--max-time <duration>', 'begin no batch after so long').argParser(readDuration))
    .addOption(
      new Option('--only <entities>', 'only the rows of these entities, with commas between them').argParser(readNames),
    )
    .option('--hooks <file>', "a JavaScript module that exports the bot's functions which rows are handed to first")
