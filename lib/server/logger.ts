import { type Logger, pino } from 'pino'
import { hideSecrets } from '../core/secrets-in-text'
import { escapeUnsafe } from '../core/unsafe-text'
import { env } from '../env'
import { currentRequestId } from './request-id'

const LOGGER = Symbol.for('gatehouse.logger')
const shared = globalThis as { [LOGGER]?: Logger }

/**
 * Structured lines on standard output, each with the id of the request that it belongs to. Secrets are never passed
 * to it; what looks like one all the same, such as in the words of an error, is made unreadable. Text from outside is
 * escaped, so that no line acts on the terminal that shows it.
 */
export function logger(): Logger {
  shared[LOGGER] ??= pino({
    level: env().LOG_LEVEL,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: () => ({ requestId: currentRequestId() }),
    hooks: { streamWrite: (line) => `${escapeUnsafe(hideSecrets(line.trimEnd()))}\n` },
  })
  return shared[LOGGER]
}
