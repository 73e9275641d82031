import { type Logger, pino } from 'pino'
import { env } from '../env'

const LOGGER = Symbol.for('gatehouse.logger')
const shared = globalThis as { [LOGGER]?: Logger }

/** Structured lines on standard output; secrets are never passed to it. */
export function logger(): Logger {
  shared[LOGGER] ??= pino({
    level: env().LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
  })
  return shared[LOGGER]
}
