import { channel } from 'node:diagnostics_channel'
import type { Server, ServerResponse } from 'node:http'
import { closeDatabase } from '../data/database'
import { stopKeepingDeadlines } from './deadlines'
import { stopHousekeeping } from './housekeeping'
import { stopHeedingListNotices } from './list-notices'
import { logger } from './logger'
import { stopMailer } from './mailer'
import { stopWritingMatches } from './matching'

/** How long requests in flight, and mail that is being sent, may still take. */
const ENDING_MAX_MS = 10_000
const LOOK_AGAIN_MS = 50
/** Then the process ends whatever hangs, a database that doesn't answer included. */
const HANGING_MAX_MS = ENDING_MAX_MS + 2_000

const ENDING = Symbol.for('gatehouse.ending')
const shared = globalThis as { [ENDING]?: Ending }

interface Ending {
  /** Where requests came in so far: Next keeps its server to itself, and the first request tells it. */
  servers: Set<Server>
  /** In flight. */
  responses: Set<ServerResponse>
  hasBegun: boolean
}

/**
 * From now on SIGTERM and SIGINT end this process in good order, with exit code 0: nothing is accepted any more,
 * requests in flight and mail that is being sent get ten seconds, the workers stop, the database is closed. Next's own
 * handling has to be off (NEXT_MANUAL_SIG_HANDLE).
 */
export function endGracefully(): void {
  if (shared[ENDING]) return
  const ending: Ending = { servers: new Set(), responses: new Set(), hasBegun: false }
  shared[ENDING] = ending
  channel('http.server.request.start').subscribe((message) => {
    const { server, response } = message as { server: Server; response: ServerResponse }
    ending.servers.add(server)
    ending.responses.add(response)
    response.once('close', () => ending.responses.delete(response))
    if (ending.hasBegun) response.shouldKeepAlive = false
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      // A terminal sends it to the whole group, and `npm start` passes it on once more.
      if (ending.hasBegun) return
      ending.hasBegun = true
      void end(ending, signal)
    })
}

async function end({ servers, responses }: Ending, signal: string): Promise<void> {
  logger().info({ signal }, 'Ending: finishing what has begun')
  const giveUp = AbortSignal.timeout(ENDING_MAX_MS)
  setTimeout(() => process.exit(0), HANGING_MAX_MS)
  stopKeepingDeadlines()
  for (const response of responses) response.shouldKeepAlive = false
  const endings = [
    stopMailer(giveUp),
    stopHousekeeping(),
    stopHeedingListNotices(),
    ...[...servers].map((server) => close(server, giveUp)),
  ]
  for (const { status, reason } of (await Promise.allSettled(endings)) as PromiseRejectedResult[])
    if (status === 'rejected') logger().error({ err: reason }, 'Not everything ended in good order')
  await stopWritingMatches()
  await closeDatabase().catch((error) => logger().error({ err: error }, 'The database could not be closed'))
  logger().info('Ended')
  process.exit(0)
}

/** Accepts nothing any more, and resolves when the last request has been answered, or given up. */
async function close(server: Server, giveUp: AbortSignal): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // A connection that is kept open for a next request is idle only once its answer has gone.
  const look = setInterval(() => server.closeIdleConnections(), LOOK_AGAIN_MS)
  const breakOff = () => {
    logger().warn('Requests that took too long are broken off')
    server.closeAllConnections()
  }
  giveUp.addEventListener('abort', breakOff)
  await closed
  clearInterval(look)
  giveUp.removeEventListener('abort', breakOff)
}
