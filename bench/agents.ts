import { mkdtemp, rm } from 'node:fs/promises'
import { Agent } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startGatehouse } from '../e2e/fixtures/gatehouse'
import { type Address, addressFromBigInt } from '../lib/core/address'
import { AGENTS_PER_PAGE, formatAgentListing, parseAgentListing } from '../lib/core/agent-listing'
import { PATHS } from '../lib/core/paths'
import type { Actor } from '../lib/core/permissions'
import { createAccount, operatorOf } from '../lib/data/accounts'
import { listAgents } from '../lib/data/agent-list'
import { closeDatabase, transact, useDatabase } from '../lib/data/database'
import { applyMigrations } from '../lib/data/migrations'
import { startPostgres } from '../scripts/testing/postgres'
import { median } from './measure'
import { signInOver } from './signed-in'
import { timePage } from './time-page'

const FEW = 10
const MANY = 10_000
const SIGN_INS_EACH = 10
const ROUNDS = 25
const WARM_UP = 5
const AT_ONCE = 1_000
const HOUR_MS = 60 * 60 * 1000
const IP = '198.51.100.7'
const PASSWORD = 'correct horse battery'

process.env.AUTH_SECRET ??= 'a secret for benches, 32 characters at least'

/** What somebody asks of the page, by its address. */
const QUESTIONS: Readonly<Record<string, Record<string, string>>> = {
  'first page': {},
  'last page': { page: '999' },
  'search, one person': { q: 'person-7@' },
  'search, everybody': { q: 'example' },
  'search, nobody': { q: 'nobody at all' },
  'filter, admins': { role: 'admin' },
  'filter, disabled': { status: 'disabled' },
  'filter, without a second factor': { factor: 'without' },
  'sort, role': { sort: 'role' },
  'sort, status, last page': { sort: '-status', page: '999' },
  'sort, last sign-in': { sort: '-last-sign-in' },
}

/**
 * What the Agents page costs with 10,000 agents against ten, on both databases: the rows alone, and the whole page of the
 * production build (`npm run build` first). Medians of 25 in milliseconds.
 */
export async function run(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-bench-'))
  const postgres = await startPostgres()
  try {
    await measure('SQLite', `file:${path.join(folder, 'bench.db')}`)
    await measure('PostgreSQL', postgres.url)
  } finally {
    await closeDatabase()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(name: string, url: string): Promise<void> {
  await applyMigrations(url)
  await useDatabase(url)
  const few = await makeAccount('few', FEW)
  const many = await makeAccount('many', MANY)
  if (name === 'PostgreSQL') await transact((tx) => tx.$executeRawUnsafe('ANALYZE'))
  const rows = await inTurn((query, whose) =>
    timed(() => listAgents(whose === 'many' ? many : few, parseAgentListing(query))),
  )
  await closeDatabase()
  const pages = await measurePages(url)
  console.log(
    `\n${name}: ${MANY.toLocaleString('en')} agents against ${FEW}, ${AGENTS_PER_PAGE} a page, ms\n`,
  )
  console.log(`${''.padEnd(32)}     rows   of ten   ratio     page   of ten   ratio`)
  for (const what of Object.keys(QUESTIONS))
    console.log(`${what.padEnd(32)} ${cells(rows[what])} ${cells(pages[what])}`)
}

type Times = Record<string, { many: number; few: number }>
type Ask = (query: Record<string, string>, whose: 'few' | 'many') => Promise<number>

async function measurePages(url: string): Promise<Times> {
  const AUTH_SECRET = process.env.AUTH_SECRET ?? ''
  const server = await startGatehouse({ TRUSTED_PROXIES: '127.0.0.0/8', DATABASE_URL: url, AUTH_SECRET })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    const cookie = async (whose: string) =>
      signInOver(server.url, { email: `${whose}@example.com`, password: PASSWORD }, IP)
    const cookies = { few: await cookie('few'), many: await cookie('many') }
    return await inTurn((query, whose) => {
      const address = PATHS.agents + formatAgentListing(parseAgentListing(query))
      return timePage(agent, server.url + address, cookies[whose], IP)
    })
  } finally {
    agent.destroy()
    await server.stop()
  }
}

/** Each question of both accounts in turn, so that whatever else slows the machine slows both. */
async function inTurn(ask: Ask): Promise<Times> {
  const times: Times = {}
  for (const [what, query] of Object.entries(QUESTIONS)) {
    const [few, many]: [number[], number[]] = [[], []]
    for (let round = -WARM_UP; round < ROUNDS; round++) {
      const [one, other] = [await ask(query, 'few'), await ask(query, 'many')]
      if (round < 0) continue
      few.push(one)
      many.push(other)
    }
    times[what] = { few: median(few), many: median(many) }
  }
  return times
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}

function cells({ many, few }: Times[string] = { many: Number.NaN, few: Number.NaN }): string {
  return [many.toFixed(1), few.toFixed(1), (many / few).toFixed(1)]
    .map((cell, at) => cell.padStart(at < 2 ? 8 : 7))
    .join(' ')
}

/** An account with so many agents besides its admin: of a hundred one is an admin, ten are disabled, twenty have a second factor. */
async function makeAccount(name: string, agents: number): Promise<Actor> {
  const made = await createAccount({
    ...{ accountName: name, name: 'Ana', email: `${name}@example.com`, password: PASSWORD },
  })
  if (typeof made === 'string') throw new Error(made)
  const { accountId } = made
  const now = Date.now()
  for (let from = 0; from < agents; from += AT_ONCE) {
    const people = Array.from({ length: Math.min(AT_ONCE, agents - from) }, (_, at) => from + at)
    const idOf = (at: number) => `${name}-${at}`
    const lastAt = (at: number) => new Date(now - ((at * 7919) % agents) * HOUR_MS)
    await transact(async (tx) => {
      await tx.agent.createMany({
        data: people.map((at) => ({
          ...{ id: idOf(at), accountId, name: `Person ${(at * 7919) % agents}`, passwordHash: '' },
          ...{ email: `person-${at}@${name}.example.com`, role: at % 100 === 0 ? 'ADMIN' : 'AGENT' },
          ...{ enabled: at % 10 !== 3, lastSignInAt: lastAt(at) },
        })),
      })
      await tx.totpFactor.createMany({
        data: people
          .filter((at) => at % 5 === 0)
          .map((at) => ({ accountId, agentId: idOf(at), sealedSecret: 'x', confirmedAt: new Date() })),
      })
      await tx.signInEvent.createMany({
        data: people.flatMap((at) =>
          Array.from({ length: SIGN_INS_EACH }, (_, turn) => ({
            ...{ accountId, agentId: idOf(at), emailTried: '', surface: 'CONTROL_PANEL' as const },
            ...{ outcome: turn === 3 ? 'refused' : 'admitted', because: 'listed', device: 'Firefox' },
            ...{ address: someAddress(at), at: new Date(lastAt(at).getTime() - turn * HOUR_MS) },
          })),
        ),
      })
    })
  }
  return operatorOf(accountId)
}

function someAddress(at: number): Address {
  return addressFromBigInt(4, 0xc6120000n + BigInt(at))
}
