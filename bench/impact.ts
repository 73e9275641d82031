import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseRange } from '../lib/core/range'
import { createAccount, operatorOf } from '../lib/data/accounts'
import { type Draft, foresee } from '../lib/data/allowlist-impact'
import { closeDatabase, database, transact, useDatabase } from '../lib/data/database'
import { applyMigrations } from '../lib/data/migrations'
import { median } from './measure'

const PEOPLE = 200
const ROUNDS = 15
const AT_ONCE = 50_000
const SIZES = [
  { signIns: 0, ranges: 100 },
  { signIns: 100_000, ranges: 100_000 },
  { signIns: 1_000_000, ranges: 100_000 },
]

/**
 * What it costs to tell who a change would refuse, on SQLite: processor time of each kind of change with logs and lists of
 * several sizes, within 30 days and on one account, the list compiled already.
 */
export async function run(): Promise<void> {
  console.log(
    `Who would be refused: ${PEOPLE} people, median of ${ROUNDS} in ms of processor time (SQLite)\n`,
  )
  console.log('sign-ins   ranges   first   turn on      add     edit   delete   delete the widest')
  for (const size of SIZES) {
    const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-bench-'))
    try {
      await measure(`file:${path.join(folder, 'bench.db')}`, size)
    } finally {
      await closeDatabase()
      await rm(folder, { recursive: true, force: true })
    }
  }
}

async function measure(url: string, { signIns, ranges }: (typeof SIZES)[number]): Promise<void> {
  await applyMigrations(url)
  await useDatabase(url)
  const made = await createAccount({
    ...{ accountName: 'Northwind', name: 'Ana', email: 'ana@example.com', password: 'correct horse battery' },
  })
  if (typeof made === 'string') throw new Error(made)
  const { accountId } = made
  await fill(accountId, signIns, ranges)
  const operator = operatorOf(accountId)
  const [narrow, wide] = await Promise.all(
    ['narrow', 'wide'].map((description) => idOf(accountId, description)),
  )
  const range = rangeOf('198.51.100.0/24')
  const drafts: Draft[] = [
    { change: 'turn-on' },
    { change: 'add', ranges: [{ range, expiresAt: null }] },
    { change: 'edit', id: narrow as string, range, expiresAt: undefined },
    { change: 'delete', id: narrow as string },
    { change: 'delete', id: wide as string },
  ]
  const time = async (draft: Draft) => {
    const begin = process.cpuUsage()
    await foresee(operator, draft)
    const { user, system } = process.cpuUsage(begin)
    return (user + system) / 1000
  }
  const first = await time({ change: 'turn-on' })
  const medians: number[] = []
  for (const draft of drafts) {
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++) times.push(await time(draft))
    medians.push(median(times))
  }
  const cells = [first, ...medians].map((ms, at) => ms.toFixed(1).padStart(at === 0 ? 7 : 9))
  console.log(`${String(signIns).padStart(8)} ${String(ranges).padStart(8)} ${cells.join('')}`)
}

/**
 * Single addresses of 198.18.0.0/15, every other one; one range over a few of them and one over all. Sign-ins of all people
 * in turn, from addresses on the list and off it.
 */
async function fill(accountId: string, signIns: number, ranges: number): Promise<void> {
  const at = (seconds: string) =>
    `strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now', '-' || (${seconds}) || ' seconds')`
  await execute(`INSERT INTO "Agent" ("id", "accountId", "email", "name", "passwordHash", "lastSignInAt")
    SELECT 'agent-' || n, '${accountId}', n || '@example.com', 'Person ' || n, '', ${at('0')} FROM (${numbers(1, PEOPLE)})`)
  const columns = '("id", "accountId", "start", "end", "description", "origin", "addedByName")'
  for (let from = 1; from <= ranges - 2; from += AT_ONCE) {
    const to = Math.min(ranges - 2, from + AT_ONCE - 1)
    await execute(`INSERT INTO "Range" ${columns} SELECT 'range-' || n, '${accountId}', ${hex('2 * n')}, ${hex('2 * n')},
      'Branch', 'IMPORT', 'Operator' FROM (${numbers(from, to)})`)
  }
  await execute(`INSERT INTO "Range" ${columns} VALUES
    ('narrow', '${accountId}', ${hex('1')}, ${hex('999')}, 'narrow', 'MANUAL', 'Ana'),
    ('wide', '${accountId}', ${hex('0')}, ${hex('131071')}, 'wide', 'MANUAL', 'Ana')`)
  for (let from = 1; from <= signIns; from += AT_ONCE)
    await execute(`INSERT INTO "SignInEvent"
      ("id", "accountId", "agentId", "emailTried", "surface", "address", "outcome", "because", "device", "at")
      SELECT 'event-' || n, '${accountId}', 'agent-' || (n % ${PEOPLE} + 1), '', CASE n % 3 WHEN 0 THEN 'MOBILE' ELSE 'CONTROL_PANEL' END,
        CASE n % 5 WHEN 0 THEN printf('4cb0071%02x', n % 200) ELSE ${hex('n % 3000')} END,
        CASE n % 10 WHEN 0 THEN 'refused' ELSE 'admitted' END, 'listed', 'Firefox on Linux', ${at(`n * 2590000.0 / ${signIns}`)}
      FROM (${numbers(from, Math.min(signIns, from + AT_ONCE - 1))})`)
}

const hex = (offset: string) => `printf('4%08x', 0xc6120000 + (${offset}))`

const numbers = (from: number, to: number) =>
  `WITH RECURSIVE c(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM c WHERE n < ${to}) SELECT n FROM c`

async function execute(sql: string): Promise<void> {
  await transact((tx) => tx.$executeRawUnsafe(sql))
}

async function idOf(accountId: string, description: string): Promise<string> {
  return (await database().range.findFirstOrThrow({ where: { accountId, description } })).id
}

function rangeOf(start: string) {
  const parsed = parseRange({ start })
  if (!parsed.ok) throw new Error(`${start} is no range.`)
  return parsed.range
}
