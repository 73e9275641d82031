import { forgetHalfSignIns } from '../data/half-sign-ins'
import { dropForgottenDevices } from '../data/known-devices'
import { dropOldResets } from '../data/password-resets'
import { forgetOldFailures } from '../data/rate-limits'
import { dropOldSignIns } from '../data/sign-in-keeping'
import { logger } from './logger'

const EVERY_MS = 10 * 60_000
const HALF_SIGN_INS_KEPT_MS = 60 * 60_000
const FAILURES_MATTER_MS = 2 * 60 * 60_000

const HOUSEKEEPING = Symbol.for('gatehouse.housekeeping')
const shared = globalThis as { [HOUSEKEEPING]?: NodeJS.Timeout }

/** Drops rows that no longer mean anything, every ten minutes. */
export function startHousekeeping(): void {
  shared[HOUSEKEEPING] ??= setInterval(() => {
    keepHouse(new Date()).catch((error) => logger().error({ err: error }, 'Housekeeping failed'))
  }, EVERY_MS).unref()
}

async function keepHouse(now: Date): Promise<void> {
  await forgetOldFailures(now.getTime(), FAILURES_MATTER_MS)
  await dropForgottenDevices(now)
  await forgetHalfSignIns(new Date(now.getTime() - HALF_SIGN_INS_KEPT_MS))
  await dropOldResets(now)
  await dropOldSignIns(now)
}

export function stopHousekeeping(): void {
  clearInterval(shared[HOUSEKEEPING])
  delete shared[HOUSEKEEPING]
}
