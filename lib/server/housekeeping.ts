import { setTimeout as sleep } from 'node:timers/promises'
import type { Bounds } from '../data/dropping'
import { dropOver, TABLES_THAT_GROW } from '../data/over'
import { dropOldSignIns } from '../data/sign-in-keeping'
import { dropKeptMail } from './kept-mail'
import { logger } from './logger'

/** Soon, so that a server that is started often does it too, and not while it is busy with starting. */
const FIRST_AFTER_MS = 60_000
const EVERY_MS = 10 * 60_000

/** One table, or folder, whose rows end some day; answers how many have gone. */
interface Step {
  table: string
  drop: (now: Date, bounds: Bounds) => Promise<number>
}

const STEPS: readonly Step[] = [
  ...TABLES_THAT_GROW.map((table) => ({
    table,
    drop: (now: Date, bounds: Bounds) => dropOver(table, now, bounds),
  })),
  { table: 'SignInEvent', drop: dropOldSignIns },
  { table: 'files of kept mails', drop: dropKeptMail },
]

const HOUSEKEEPING = Symbol.for('gatehouse.housekeeping')
interface Housekeeping {
  over: AbortController
  /** Resolves when nothing is being dropped any more. */
  ended: Promise<void>
}
const shared = globalThis as { [HOUSEKEEPING]?: Housekeeping }

/** Drops rows that no longer mean anything, a minute after the start and then every ten minutes, one round at a time. */
export function startHousekeeping(firstAfterMs = FIRST_AFTER_MS): void {
  if (shared[HOUSEKEEPING]) return
  const over = new AbortController()
  shared[HOUSEKEEPING] = { over, ended: keepOn(firstAfterMs, over.signal) }
}

async function keepOn(firstAfterMs: number, signal: AbortSignal): Promise<void> {
  for (let waitMs = firstAfterMs; !signal.aborted; waitMs = EVERY_MS) {
    await sleep(waitMs, null, { signal, ref: false }).catch(() => {})
    await keepHouse(new Date(), signal)
  }
}

/** One round. A step that fails holds up none of the others; `signal` ends it early. */
export async function keepHouse(now: Date, signal?: AbortSignal, steps = STEPS): Promise<void> {
  for (const { table, drop } of steps) {
    if (signal?.aborted) return
    try {
      const rows = await drop(now, { signal })
      if (rows > 0) logger().info({ table, rows }, 'Rows that were over have been dropped')
    } catch (error) {
      logger().error({ err: error, table }, 'Rows that are over were not dropped; tried again in ten minutes')
    }
  }
}

/** Begins no batch any more, and waits for the one under way. */
export async function stopHousekeeping(): Promise<void> {
  const housekeeping = shared[HOUSEKEEPING]
  delete shared[HOUSEKEEPING]
  housekeeping?.over.abort()
  await housekeeping?.ended
}
