import { exitCodes } from './report.js'

/** Somebody asks the program to end: Ctrl-C, or SIGTERM from whoever keeps services. */
export interface StopRequests {
  readonly signal: AbortSignal
  /** Lets both end the process again. */
  readonly ignore: () => void
}

type Signal = 'SIGINT' | 'SIGTERM'

/** What sends signals: the process. */
export interface SignalSource {
  readonly on: (signal: Signal, listener: () => void) => unknown
  readonly off: (signal: Signal, listener: () => void) => unknown
}

export const endAtOnce = (): void => process.exit(exitCodes.interrupted)

/** The first request lets the work end well; whoever asks again does not want to wait for that. */
export const stopRequestsOf = (source: SignalSource): StopRequests => {
  const controller = new AbortController()
  const stop = (): void => {
    if (controller.signal.aborted) endAtOnce()
    controller.abort()
  }
  source.off('SIGINT', endAtOnce)
  source.off('SIGTERM', endAtOnce)
  source.on('SIGINT', stop)
  source.on('SIGTERM', stop)
  const ignore = (): void => {
    source.off('SIGINT', stop)
    source.off('SIGTERM', stop)
    source.on('SIGINT', endAtOnce)
    source.on('SIGTERM', endAtOnce)
  }
  return { signal: controller.signal, ignore }
}
