import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { switchesAt } from '@/lib/data/account-switches'
import { readAllowlist } from '@/lib/data/allowlist-reading'
import { closeDatabase, transact, useDatabase } from '@/lib/data/database'
import { applyMigrations } from '@/lib/data/migrations'
import { makeWorkload } from './lookup-workload'

const ROWS_AT_ONCE = 50_000
const INSERT = `INSERT INTO "Range" ("id", "accountId", "start", "end", "origin", "addedByName")
  SELECT lower(hex(randomblob(16))), ?, value ->> 0, value ->> 1, 'IMPORT', 'Bench' FROM json_each(?)`

/**
 * How long other requests wait while a long list is read from the database (SQLite) and compiled. Options: numbers of
 * ranges (default 100000 1000000).
 */
export async function run(options: string[]): Promise<void> {
  const sizes = options.map(Number).filter((size) => size > 0)
  const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-bench-'))
  const url = `file:${path.join(folder, 'bench.db')}`
  await applyMigrations(url)
  await useDatabase(url)
  for (const size of sizes.length > 0 ? sizes : [100_000, 1_000_000]) await measure(size)
  await closeDatabase()
  await rm(folder, { recursive: true })
  process.exit()
}

async function measure(size: number): Promise<void> {
  const { entries, queries, listed } = makeWorkload(4, size)
  const account = await transact((tx) =>
    tx.account.create({ data: { name: 'Bench', allowlistEnabled: true } }),
  )
  for (let at = 0; at < size; at += ROWS_AT_ONCE) {
    const rows = entries.slice(at, at + ROWS_AT_ONCE).map(({ start, end }) => [start, end])
    await transact((tx) => tx.$executeRawUnsafe(INSERT, account.id, JSON.stringify(rows)))
  }
  globalThis.gc?.()
  const idle = await waits(new Promise((resolve) => setTimeout(resolve, 3_000)))
  const begin = performance.now()
  const reading = readAllowlist(switchesAt(account, Date.now()))
  const busy = await waits(reading)
  const seconds = (performance.now() - begin) / 1000
  const { ranges } = await reading
  for (const [at, text] of queries.entries())
    if ((ranges.find(text, 0) !== null) !== listed[at]) throw new Error(`Wrong about ${text}`)
  console.log(`\n${size.toLocaleString('en')} ranges: read and compiled in ${seconds.toFixed(1)} s`)
  console.log(`what other work waited, in ms:  ${busy}\nwith nothing to do, for comparison:  ${idle}`)
}

/** Delays of the event loop until `work` is done. */
async function waits(work: Promise<unknown>): Promise<string> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  const { active } = performance.eventLoopUtilization()
  await work
  const used = performance.eventLoopUtilization().active - active
  delay.disable()
  const [half, most, worst] = [delay.percentile(50), delay.percentile(99), delay.max].map((ns) =>
    (ns / 1e6).toFixed(1),
  )
  return `median ${half}, 99 % ${most}, longest ${worst}; ${used.toFixed(0)} ms of this thread`
}
