import type { IncomingMessage, ServerResponse } from 'node:http'
import { loggablePath } from '../core/secrets-in-text'
import { logger } from './logger'

/** One line for every answer: failures as warnings, everything else while LOG_LEVEL is debug. */
export function logRequest(
  requestId: string,
  { method, url = '' }: IncomingMessage,
  response: ServerResponse,
): void {
  const startedAt = performance.now()
  response.once('close', () => {
    const { statusCode: status, writableFinished } = response
    const level = status >= 500 ? 'warn' : 'debug'
    if (!logger().isLevelEnabled(level)) return
    const ms = Math.round(performance.now() - startedAt)
    // Without `finished` the client went away before it had everything.
    const line = { requestId, method, path: loggablePath(url), status, ms, finished: writableFinished }
    logger()[level](line, 'Request answered')
  })
}
