import { latestNotedMs } from '../core/clock'
import { database, transact } from './database'

const AT_ONCE = 200
const CATCH_UP_ROWS = 10_000

const NOTED = Symbol.for('gatehouse.range-matches')
const shared = globalThis as { [NOTED]?: Map<string, number> }

/** When each range last let somebody in, as far as it isn't written yet. */
function noted(): Map<string, number> {
  shared[NOTED] ??= new Map()
  return shared[NOTED]
}

/** Notes that a range let somebody in at that instant; written later, together with others. */
export function noteMatch(rangeId: string, at: Date): void {
  noted().set(rangeId, Math.max(noted().get(rangeId) ?? 0, at.getTime()))
}

/**
 * Writes what was noted since the last time. What can't be written now is noted still. Every instance writes ranges in the
 * same order, so that no two wait for each other.
 */
export async function writeMatches(): Promise<void> {
  const taken = [...noted()].sort(([a], [b]) => (a < b ? -1 : 1))
  if (taken.length === 0) return
  noted().clear()
  try {
    while (taken.length > 0) {
      await setLastMatched(taken.slice(0, AT_ONCE))
      taken.splice(0, AT_ONCE)
    }
  } catch (error) {
    for (const [rangeId, atMs] of taken) noteMatch(rangeId, new Date(atMs))
    throw error
  }
}

/**
 * Takes from the log what a process that is gone had noted and not written, however long ago it ended. Reads the newest rows
 * by their key, which grows with time, and never more than `atMost`, however long the logs of however many accounts are.
 */
export async function catchUpMatches(atMost = CATCH_UP_ROWS): Promise<void> {
  const rows = await database().signInEvent.findMany({
    select: { rangeId: true, at: true },
    orderBy: { id: 'desc' },
    take: atMost,
  })
  const latest = latestNotedMs(Date.now())
  for (const { rangeId, at } of rows) if (rangeId && at.getTime() <= latest) noteMatch(rangeId, at)
  await writeMatches()
}

/** Never to an earlier instant, since several processes write; but for one from before the clock went back. */
async function setLastMatched(matches: readonly (readonly [rangeId: string, atMs: number])[]): Promise<void> {
  const latest = new Date(latestNotedMs(Date.now()))
  await transact(async (tx) => {
    for (const [id, atMs] of matches) {
      const at = new Date(atMs)
      await tx.range.updateMany({
        where: {
          id,
          OR: [{ lastMatchedAt: null }, { lastMatchedAt: { lt: at } }, { lastMatchedAt: { gt: latest } }],
        },
        data: { lastMatchedAt: at },
      })
    }
  })
}
