import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Address, addressFromBigInt } from '../lib/core/address'
import { AUDIT_ACTIONS } from '../lib/core/audit'
import { parseAuditFilter } from '../lib/core/audit-listing'
import type { LogPart } from '../lib/core/log-page'
import type { Actor } from '../lib/core/permissions'
import { evidenceOf, formatEvidence } from '../lib/core/sign-in-evidence'
import { parseSignInFilter } from '../lib/core/sign-in-listing'
import { createAccount, operatorOf } from '../lib/data/accounts'
import { listAudit } from '../lib/data/audit-log'
import { closeDatabase, database, transact, useDatabase } from '../lib/data/database'
import { applyMigrations } from '../lib/data/migrations'
import { countSignInsByDay, listSignIns } from '../lib/data/sign-in-log'
import { startPostgres } from '../scripts/testing/postgres'
import { median, randomNumbers } from './measure'

const PEOPLE = 200
const ROUNDS = 9
const AT_ONCE = 5_000
const DAY_MS = 24 * 60 * 60 * 1000
const DAYS = 90

process.env.AUTH_SECRET ??= 'a secret for benches, 32 characters at least'

/**
 * What a page of each log costs, by filter, on both databases: server time, median of nine, against the same on an empty
 * table. `npm run bench -- logs [sign-ins] [audit rows]`.
 */
export async function run([signIns = '500000', audit = '100000']: string[]): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-bench-'))
  const postgres = await startPostgres()
  try {
    await measure('SQLite', `file:${path.join(folder, 'bench.db')}`, Number(signIns), Number(audit))
    await measure('PostgreSQL', postgres.url, Number(signIns), Number(audit))
  } finally {
    await closeDatabase()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(name: string, url: string, signIns: number, audit: number): Promise<void> {
  await applyMigrations(url)
  await useDatabase(url)
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
    'sign-ins, one person': signInsBy({ person: 'person-7@' }),
    'sign-ins, twenty people': signInsBy({ person: 'person-1' }),
    'sign-ins, one person, refused, mobile': signInsBy({
      ...{ person: 'person-7@', verdict: 'refused', surface: 'MOBILE' },
    }),
    'sign-ins, one address': signInsBy({ ip: '198.18.0.9' }),
    'sign-ins, a small block': signInsBy({ ip: '198.18.0.0/30' }),
    'sign-ins, a block of everything': signInsBy({ ip: '0.0.0.0/0' }),
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

/** People in turn, evenly over 90 days; of ten attempts one is refused and one is nobody's. */
async function fill(accountId: string, signIns: number, audit: number): Promise<void> {
  const people = Array.from({ length: PEOPLE }, (_, at) => ({
    ...{
      accountId,
      id: `agent-${at}`,
      name: `Person ${at}`,
      email: `person-${at}@example.com`,
      passwordHash: '',
    },
  }))
  await transact((tx) => tx.agent.createMany({ data: people }))
  const random = randomNumbers(7)
  const now = Date.now()
  const evidence = formatEvidence(
    evidenceOf(
      {
        headerName: 'x-forwarded-for',
        resolved: { address: null, because: 'forwarded', trace: [], undeclaredProxy: null },
      },
      { version: 1, enabled: true, mobileEnforced: false },
    ),
  )
  await inBatches(
    signIns,
    (at) => {
      const kind = random(10)
      return {
        ...{
          accountId,
          evidence,
          id: idOf(at),
          device: 'Firefox on Linux',
          address: someAddress(random(30_000)),
        },
        agentId: kind === 1 ? null : `agent-${random(PEOPLE)}`,
        emailTried: kind === 1 ? '•••' : 'person@example.com',
        surface: random(3) === 0 ? ('MOBILE' as const) : ('CONTROL_PANEL' as const),
        outcome: kind === 0 ? 'refused' : kind === 1 ? 'failed' : 'admitted',
        because: kind === 0 ? 'not-listed' : kind === 1 ? 'wrong-credentials' : 'listed',
        at: new Date(now - Math.floor((at / signIns) * DAYS * DAY_MS)),
      }
    },
    (data) => transact((tx) => tx.signInEvent.createMany({ data })),
  )
  const actions = AUDIT_ACTIONS.filter((action) => !action.startsWith('account.'))
  await inBatches(
    audit,
    (at) => {
      const person = random(PEOPLE)
      return {
        ...{
          accountId,
          id: idOf(at),
          via: 'web',
          subjectType: 'range',
          subjectId: 'r',
          subjectName: '192.0.2.0/24',
        },
        ...{
          action: actions[random(actions.length)] ?? '',
          actorId: `agent-${person}`,
          actorName: `Person ${person}`,
        },
        ...{ before: '{"description":"Office"}', after: '{"description":"Office Berlin"}' },
        at: new Date(now - at * 60_000),
      }
    },
    (data) => transact((tx) => tx.auditEvent.createMany({ data })),
  )
}

async function inBatches<T>(count: number, make: (at: number) => T, write: (rows: T[]) => Promise<unknown>) {
  for (let from = 0; from < count; from += AT_ONCE)
    await write(Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, at) => make(from + at)))
}

function idOf(at: number): string {
  return `00000000-0000-7000-8000-${at.toString(16).padStart(12, '0')}`
}

function someAddress(at: number): Address {
  return addressFromBigInt(4, 0xc6120000n + BigInt(at))
}

function seconds(begin: number): string {
  return ((performance.now() - begin) / 1000).toFixed(0)
}
