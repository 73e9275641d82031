import 'server-only'

/** argon2id runs on libuv's threads: more at once than this only makes each of them slower. */
const HASHES_AT_ONCE = 4
const PENDING_AT_MOST = 256

const QUEUE = Symbol.for('gatehouse.hashing-queue')
interface Queue {
  /** Everybody who has asked and not been answered. */
  pending: number
  running: number
  waiting: (() => void)[]
  /** Attempts on one key go one after the other, so that none slips past its limit. */
  tails: Map<string, Promise<unknown>>
}
const shared = globalThis as { [QUEUE]?: Queue }

function queue(): Queue {
  shared[QUEUE] ??= { pending: 0, running: 0, waiting: [], tails: new Map() }
  return shared[QUEUE]
}

/** Too many people are waiting for their password to be checked. */
export class HashingQueueFull extends Error {}

/** Runs `work` when a place is free; attempts with the same key one after the other. Throws HashingQueueFull. */
export async function inHashingQueue<T>(key: string, work: () => Promise<T>): Promise<T> {
  const state = queue()
  if (state.pending >= PENDING_AT_MOST) throw new HashingQueueFull()
  state.pending++
  const { tails } = state
  const before = tails.get(key) ?? Promise.resolve()
  const mine = before.catch(() => {}).then(() => inPlace(work))
  tails.set(key, mine)
  try {
    return await mine
  } finally {
    state.pending--
    if (tails.get(key) === mine) tails.delete(key)
  }
}

async function inPlace<T>(work: () => Promise<T>): Promise<T> {
  const state = queue()
  if (state.running >= HASHES_AT_ONCE) {
    await new Promise<void>((resolve) => state.waiting.push(resolve))
  } else state.running++
  try {
    return await work()
  } finally {
    // A place is handed to who waits longest, or given back.
    const next = state.waiting.shift()
    if (next) next()
    else state.running--
  }
}
