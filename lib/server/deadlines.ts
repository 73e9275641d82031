import { recordUnanswered } from '../data/half-sign-ins'
import { settleAccounts } from '../data/settling'
import { logger } from './logger'

const EVERY_MS = 5_000

const DEADLINES = Symbol.for('gatehouse.deadlines')
const shared = globalThis as { [DEADLINES]?: NodeJS.Timeout }

/**
 * Writes down every five seconds what ended by itself, with its audit row and mails; first what ended while no server
 * ran. Nobody's way in waits for it: each decision goes by the clock.
 */
export function startKeepingDeadlines(): void {
  if (shared[DEADLINES]) return
  shared[DEADLINES] = setInterval(keepDeadlines, EVERY_MS).unref()
  void keepDeadlines()
}

let isRunning = false

/** One round at a time. */
async function keepDeadlines(): Promise<void> {
  if (isRunning) return
  isRunning = true
  await keep(settleAccounts, 'Times off, or changes nobody confirmed, have ended')
  await keep(recordUnanswered, 'Second factors that nobody gave are in the Sign-in Log')
  isRunning = false
}

function keep(settle: () => Promise<number>, words: string): Promise<unknown> {
  return settle().then(
    (settled) => settled > 0 && logger().info({ settled }, words),
    (error) => logger().error({ err: error }, 'What ended by itself was not written down'),
  )
}

export function stopKeepingDeadlines(): void {
  clearInterval(shared[DEADLINES])
}
