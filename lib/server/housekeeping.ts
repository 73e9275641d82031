import { forgetOldFailures } from '../data/rate-limits'
import { logger } from './logger'

const EVERY_MS = 10 * 60_000
const FAILURES_MATTER_MS = 2 * 60 * 60_000

const HOUSEKEEPING = Symbol.for('gatehouse.housekeeping')
const shared = globalThis as { [HOUSEKEEPING]?: NodeJS.Timeout }

/** Drops rows that no longer mean anything, every ten minutes. */
export function startHousekeeping(): void {
  shared[HOUSEKEEPING] ??= setInterval(() => {
    forgetOldFailures(Date.now(), FAILURES_MATTER_MS).catch((error) =>
      logger().error({ err: error }, 'Housekeeping failed'),
    )
  }, EVERY_MS).unref()
}
