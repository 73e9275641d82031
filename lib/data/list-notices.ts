import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { databaseKind, POSTGRESQL_CONNECT_MS } from './adapter'
import { forgetLists } from './compiled-lists'
import { openKind, type Transaction } from './database'

const CHANNEL = 'gatehouse_list_changed'
const RECONNECT_MS = 1_000

/**
 * Tells every instance that an account's list is another one, when this transaction commits. On SQLite the version
 * that each request reads is enough.
 */
export async function announceList(tx: Transaction, accountId: string): Promise<void> {
  if (openKind() === 'postgresql') await tx.$queryRaw`SELECT pg_notify(${CHANNEL}, ${accountId})::text`
}

/**
 * Drops each compiled list as soon as any instance changes it, until the returned function is called. Nobody's answer
 * depends on it: each request reads the version of its list, so a notice that is lost, or that a pooler does not pass
 * on, makes nothing stale. After a lost connection all lists are dropped, since nobody knows what was missed.
 * `report` hears of each outage once.
 */
export function heedListNotices(databaseUrl: string, report: (error: unknown) => void): () => Promise<void> {
  if (databaseKind(databaseUrl) === 'sqlite') return async () => {}
  const over = new AbortController()
  const listening = keepListening(databaseUrl, over.signal, report)
  return async () => {
    over.abort()
    await listening
  }
}

async function keepListening(
  databaseUrl: string,
  over: AbortSignal,
  report: (error: unknown) => void,
): Promise<void> {
  let isReported = false
  while (!over.aborted) {
    try {
      await listen(databaseUrl, over, () => {
        isReported = false
      })
    } catch (error) {
      if (!over.aborted && !isReported) report(error)
      isReported = true
    }
    await sleep(RECONNECT_MS, null, { signal: over, ref: false }).catch(() => {})
  }
}

/** Listens until the connection is lost, which throws, or it is over. */
async function listen(databaseUrl: string, over: AbortSignal, hasBegun: () => void): Promise<void> {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: POSTGRESQL_CONNECT_MS,
    keepAlive: true,
  })
  const lost = new Promise<never>((_resolve, reject) => {
    client.once('error', reject)
    client.once('end', () => reject(new Error('The connection for notices has ended.')))
  })
  lost.catch(() => {})
  try {
    client.on('notification', ({ payload }) => forgetLists(payload))
    await client.connect()
    await client.query(`LISTEN ${CHANNEL}`)
    forgetLists()
    hasBegun()
    // Told while it connected: a signal that has been given is not given again.
    if (!over.aborted) await Promise.race([lost, once(over, 'abort')])
  } finally {
    await client.end().catch(() => {})
  }
}
