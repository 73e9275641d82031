import 'server-only'

/** argon2id runs on libuv's threads: more at once than this only makes each of them slower. */
const PLACES = 4
const PENDING_AT_MOST = 256
/** What attempts from unknown devices may take of both, so that a flood of them leaves room for the others. */
const OPEN_PLACES = 3
const OPEN_PENDING_AT_MOST = 192

/** `known`: a device on which the person signed in before. `open`: everybody else. */
export type Lane = 'known' | 'open'

const QUEUE = Symbol.for('gatehouse.hashing-queue')
interface Queue {
  /** Everybody who has asked and not been answered. */
  pending: Record<Lane, number>
  running: Record<Lane, number>
  waiting: Record<Lane, (() => void)[]>
  /** Attempts on one key go one after the other, so that none slips past its limit. */
  tails: Map<string, Promise<unknown>>
}
const shared = globalThis as { [QUEUE]?: Queue }

function queue(): Queue {
  shared[QUEUE] ??= {
    pending: { known: 0, open: 0 },
    running: { known: 0, open: 0 },
    waiting: { known: [], open: [] },
    tails: new Map(),
  }
  return shared[QUEUE]
}

/** Too many people are waiting for their password to be checked. */
export class HashingQueueFull extends Error {}

/**
 * Runs `work` when a place is free; attempts with the same key one after the other. One place and a quarter of the
 * queue are kept for known devices, which also go first. Throws HashingQueueFull.
 */
export async function inHashingQueue<T>(key: string, lane: Lane, work: () => Promise<T>): Promise<T> {
  const { pending, tails } = queue()
  if (isFull(lane)) throw new HashingQueueFull()
  pending[lane]++
  const before = tails.get(key) ?? Promise.resolve()
  const mine = before.catch(() => {}).then(() => inPlace(lane, work))
  tails.set(key, mine)
  try {
    return await mine
  } finally {
    pending[lane]--
    if (tails.get(key) === mine) tails.delete(key)
  }
}

function isFull(lane: Lane): boolean {
  const { known, open } = queue().pending
  return known + open >= PENDING_AT_MOST || (lane === 'open' && open >= OPEN_PENDING_AT_MOST)
}

async function inPlace<T>(lane: Lane, work: () => Promise<T>): Promise<T> {
  const { running, waiting } = queue()
  if (hasPlace(lane)) running[lane]++
  else await new Promise<void>((resolve) => waiting[lane].push(resolve))
  try {
    return await work()
  } finally {
    running[lane]--
    callNext('known')
    callNext('open')
  }
}

function hasPlace(lane: Lane): boolean {
  const { known, open } = queue().running
  return known + open < PLACES && (lane === 'known' || open < OPEN_PLACES)
}

/** Gives a free place to who waits longest in that lane. */
function callNext(lane: Lane): void {
  const { running, waiting } = queue()
  if (!hasPlace(lane)) return
  const next = waiting[lane].shift()
  if (!next) return
  running[lane]++
  next()
}
