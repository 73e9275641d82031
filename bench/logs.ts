import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AUDIT_ACTIONS } from '../lib/core/audit'
import { parseAuditFilter } from '../lib/core/audit-listing'
import type { LogPart } from '../lib/core/log-page'
import type { Actor } from '../lib/core/permissions'
import { evidenceOf, formatEvidence } from '../lib/core/sign-in-evidence'
import { parseSignInFilter } from '../lib/core/sign-in-listing'
import { createAccount, operatorOf } from '../lib/data/accounts'
import { listAudit } from '../lib/data/audit-log'
import { closeDatabase, database, openKind, transact, useDatabase } from '../lib/data/database'
import { applyMigrations } from '../lib/data/migrations'
import { countSignInsByDay, listSignIns } from '../lib/data/sign-in-log'
import { startPostgres } from '../scripts/testing/postgres'
import { median } from './measure'

const PEOPLE = 200
const ROUNDS = 9
const AT_ONCE = 50_000
const DAY_MS = 24 * 60 * 60 * 1000
const DAYS = 90

process.env.AUTH_SECRET ??= 'a secret for benches, 32 characters at least'

/**
 * What a page of each log costs, by filter, on both databases or the one that is named: server time, median of nine, against
 * the same on an empty table. `npm run bench -- logs [sign-ins] [audit rows] [sqlite | postgresql]`.
 */
export async function run([signIns = '500000', audit = '100000', only = '']: string[]): Promise<void> {
  const [attempts, changes] = [Number(signIns), Number(audit)]
  if (only !== 'postgresql') {
    const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-bench-'))
    await measure('SQLite', `file:${path.join(folder, 'bench.db')}`, attempts, changes)
    await rm(folder, { recursive: true, force: true })
  }
  if (only !== 'sqlite') {
    const postgres = await startPostgres()
    await measure('PostgreSQL', postgres.url, attempts, changes)
    await postgres.stop()
  }
}

async function measure(name: string, url: string, signIns: number, audit: number): Promise<void> {
  await applyMigrations(url)
  await useDatabase(url)
  try {
    await compare(name, signIns, audit)
  } finally {
    await closeDatabase()
  }
}

async function compare(name: string, signIns: number, audit: number): Promise<void> {
  const full = await makeAccount('full')
  const empty = await makeAccount('empty')
  const begin = performance.now()
  await fill(full.accountId, signIns, audit)
  if (name === 'PostgreSQL') await transact((tx) => tx.$executeRawUnsafe('ANALYZE'))
  console.log(
    `\n${name}: ${signIns.toLocaleString('en')} sign-ins and ${audit.toLocaleString('en')} audit rows, filled in ${seconds(begin)} s\n`,
  )
  console.log(`${'page'.padEnd(44)}       ms    empty   ratio`)
  for (const [what, ask] of Object.entries(await questions(full.accountId))) {
    const [ms, none] = [await time(() => ask(full)), await time(() => ask(empty))]
    const cells = [ms.toFixed(1), none.toFixed(1), (ms / none).toFixed(1)].map((cell) => cell.padStart(8))
    console.log(`${what.padEnd(44)} ${cells.join(' ')}`)
  }
}

type Ask = (actor: Actor) => Promise<unknown>

async function questions(accountId: string): Promise<Record<string, Ask>> {
  const someday = await database().signInEvent.findFirst({
    where: { accountId, at: { lt: new Date(Date.now() - 45 * DAY_MS) } },
    orderBy: { at: 'desc' },
  })
  const middle = someday ? { older: { at: someday.at, id: someday.id } } : {}
  const none = { from: null, until: null }
  const week = parseSignInFilter({ from: new Date(Date.now() - 7 * DAY_MS).toISOString().slice(0, 10) })
  return {
    'sign-ins, latest': signInsBy({}),
    'sign-ins, in the middle': signInsBy({}, middle),
    'sign-ins, refused': signInsBy({ verdict: 'refused' }),
    'sign-ins, surface that nobody used': signInsBy({ surface: 'API' }),
    'sign-ins, a surface of a third': signInsBy({ surface: 'MOBILE' }),
    'sign-ins, refused on a surface': signInsBy({ surface: 'MOBILE', verdict: 'refused' }),
    'sign-ins, refused where nobody was': signInsBy({ surface: 'API', verdict: 'refused' }),
    'sign-ins, one person': signInsBy({ person: 'person-7@' }),
    'sign-ins, twenty people': signInsBy({ person: 'person-1' }),
    'sign-ins, one person, refused, mobile': signInsBy({
      ...{ person: 'person-7@', verdict: 'refused', surface: 'MOBILE' },
    }),
    'sign-ins, one address': signInsBy({ ip: '198.18.0.9' }),
    'sign-ins, a small block': signInsBy({ ip: '198.18.0.0/30' }),
    'sign-ins, a block of everything': signInsBy({ ip: '0.0.0.0/0' }),
    'sign-ins, a block of everything, refused': signInsBy({ ip: '0.0.0.0/0', verdict: 'refused' }),
    'sign-ins, a block of everything, no surface': signInsBy({ ip: '0.0.0.0/0', surface: 'API' }),
    'sign-ins, a block of nothing': signInsBy({ ip: '203.0.113.0/24' }),
    'sign-ins, refused in a block and a week': signInsBy({
      ...{ ip: '198.18.0.0/24', verdict: 'refused' },
      from: week.fields.from,
    }),
    'chart, 90 days': (actor) => countSignInsByDay(actor, none, new Date()),
    'chart, a week': (actor) => countSignInsByDay(actor, week.ok ? week.filter.time : none, new Date()),
    'audit, latest': auditBy({}),
    'audit, one person': auditBy({ person: 'person 7' }),
    'audit, nobody': auditBy({ person: 'somebody else' }),
    'audit, a change that is rare': auditBy({ action: 'account.created' }),
    'audit, all changes of ranges': auditBy({ action: 'range' }),
  }
}

function signInsBy(query: Record<string, string>, part: LogPart = {}): Ask {
  const parsed = parseSignInFilter(query)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return (actor) => listSignIns(actor, parsed.filter, part)
}

function auditBy(query: Record<string, string>): Ask {
  const parsed = parseAuditFilter(query)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return (actor) => listAudit(actor, parsed.filter, {})
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const begin = performance.now()
    await work()
    times.push(performance.now() - begin)
  }
  return median(times)
}

async function makeAccount(name: string): Promise<Actor> {
  const email = `${name}@example.com`
  const made = await createAccount({
    accountName: name,
    name: 'Ana',
    email,
    password: 'correct horse battery',
  })
  if (typeof made === 'string') throw new Error(made)
  return operatorOf(made.accountId)
}

/** What the two databases write differently. */
interface Dialect {
  numbers: (from: number, to: number) => string
  /** `number` as eight hex digits. */
  hex: (number: string) => string
  ago: (seconds: string) => string
  surface: (text: string) => string
}

const DIALECTS: Readonly<Record<'sqlite' | 'postgresql', Dialect>> = {
  sqlite: {
    numbers: (from, to) =>
      `(WITH RECURSIVE c(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM c WHERE n < ${to}) SELECT n FROM c)`,
    hex: (number) => `printf('%08x', ${number})`,
    ago: (seconds) => `strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now', '-' || (${seconds}) || ' seconds')`,
    surface: (text) => text,
  },
  postgresql: {
    numbers: (from, to) => `(SELECT n FROM generate_series(${from}::bigint, ${to}::bigint) n) c`,
    hex: (number) => `lpad(to_hex(${number}), 8, '0')`,
    ago: (seconds) => `LOCALTIMESTAMP - (${seconds}) * INTERVAL '1 second'`,
    surface: (text) => `(${text})::"Surface"`,
  },
}

/** A number below `max` that has little to do with `n`; `salt` is a prime. */
const mixed = (salt: number, max: number) => `(n * ${salt} / 1000 % ${max})`

/** Evenly over 90 days; of ten attempts one is refused and one is nobody's. */
async function fill(accountId: string, signIns: number, audit: number): Promise<void> {
  const people = Array.from({ length: PEOPLE }, (_, at) => ({
    ...{ accountId, id: `agent-${at}`, name: `Person ${at}`, email: `person-${at}@example.com` },
    passwordHash: '',
  }))
  await transact((tx) => tx.agent.createMany({ data: people }))
  const evidence = formatEvidence(
    evidenceOf(
      {
        headerName: 'x-forwarded-for',
        resolved: { address: null, because: 'forwarded', trace: [], undeclaredProxy: null },
      },
      { version: 1, enabled: true, mobileEnforced: false },
    ),
  )
  const { numbers, hex, ago, surface } = DIALECTS[openKind()]
  const id = `'00000000-0000-7000-8000-0000' || ${hex('n')}`
  const kind = mixed(7_919, 10)
  const byKind = (refused: string, failed: string, admitted: string) =>
    `CASE ${kind} WHEN 0 THEN ${refused} WHEN 1 THEN ${failed} ELSE ${admitted} END`
  const agent = (salt: number) => `'agent-' || ${mixed(salt, PEOPLE)}`
  await inBatches(
    signIns,
    (from, to) => `INSERT INTO "SignInEvent"
      ("id", "accountId", "evidence", "device", "address", "agentId", "emailTried", "surface", "outcome", "because", "at")
      SELECT ${id}, '${accountId}', '${evidence}', 'Firefox on Linux',
        '4' || ${hex(`3323068416 + ${mixed(15_485_863, 30_000)}`)},
        ${byKind(agent(104_729), 'NULL', agent(104_729))}, ${byKind("'person@example.com'", "'•••'", "'person@example.com'")},
        ${surface(`CASE ${mixed(1_299_709, 3)} WHEN 0 THEN 'MOBILE' ELSE 'CONTROL_PANEL' END`)},
        ${byKind("'refused'", "'failed'", "'admitted'")}, ${byKind("'not-listed'", "'wrong-credentials'", "'listed'")},
        ${ago(`n * ${(DAYS * DAY_MS) / 1000}.0 / ${signIns}`)}
      FROM ${numbers(from, to)}`,
  )
  const actions = AUDIT_ACTIONS.filter((action) => !action.startsWith('account.'))
  const action = actions.map((name, at) => `WHEN ${at} THEN '${name}'`).join(' ')
  await inBatches(
    audit,
    (from, to) => `INSERT INTO "AuditEvent"
      ("id", "accountId", "via", "subjectType", "subjectId", "subjectName", "action", "actorId", "actorName", "before", "after", "at")
      SELECT ${id}, '${accountId}', 'web', 'range', 'r', '192.0.2.0/24',
        CASE ${mixed(7_919, actions.length)} ${action} END, ${agent(104_729)}, 'Person ' || ${mixed(104_729, PEOPLE)},
        '{"description":"Office"}', '{"description":"Office Berlin"}', ${ago('n * 60')}
      FROM ${numbers(from, to)}`,
  )
}

async function inBatches(count: number, statement: (from: number, to: number) => string): Promise<void> {
  for (let from = 1; from <= count; from += AT_ONCE)
    await transact((tx) => tx.$executeRawUnsafe(statement(from, Math.min(count, from + AT_ONCE - 1))))
}

function seconds(begin: number): string {
  return ((performance.now() - begin) / 1000).toFixed(0)
}
