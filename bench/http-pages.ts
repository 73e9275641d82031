import type { Agent } from 'node:http'
import { type Gatehouse, startGatehouse } from '../e2e/fixtures/gatehouse'
import { PATHS } from '../lib/core/paths'
import { closeDatabase } from '../lib/data/database'
import { accountWith, BEHIND_PROXY, IP, LONG_LIST, openingPage } from './http-account'
import { type BareApp, startBareApp } from './http-bare'
import { asking, type Figures, inTurns, msOf, printTable, ratio, type Variant } from './http-load'
import { type PageReads, readingsOf } from './http-reads'
import { signInOver } from './signed-in'

const ELSEWHERE = '203.0.113.9'
const PACE = { rounds: 40, ms: 300, atOnce: 8 }
const MAY_COST = 0.03
const READINGS = 400

/** The states of an account whose cost is wanted; the first is what the others are compared with. */
const STATES = [
  { name: 'allowlist off', ranges: 10, switches: {} },
  { name: 'on, 10 ranges', ranges: 10, switches: { allowlistEnabled: true } },
  { name: 'on, 100,000 ranges', ranges: LONG_LIST, switches: { allowlistEnabled: true } },
  {
    name: 'every request checked, 10 ranges',
    ranges: 10,
    switches: { allowlistEnabled: true, checkEveryRequest: true },
  },
  {
    name: 'every request checked, 100,000 ranges',
    ranges: LONG_LIST,
    switches: { allowlistEnabled: true, checkEveryRequest: true },
  },
] as const

/** Pages of a signed-in agent, and where their time goes. Answers what costs more than it may, beyond what the rounds differ. */
export async function measurePages(agent: Agent): Promise<string[]> {
  const server = await startGatehouse(BEHIND_PROXY)
  let bare: BareApp | undefined
  try {
    const { pages, cookie, reads } = await signedIn(server, agent)
    bare = await startBareApp(reads.constants)
    const figures = await inTurns([...pages, ...stepsOf(server, agent, bare, cookie)], PACE)
    const [off, ...states] = figures.slice(0, pages.length) as [Figures, ...Figures[]]
    printTable(`Agent Console on SQLite, ${describe(PACE)}`, figures)
    await printSteps(off, figures.slice(pages.length), reads)
    return states.flatMap((one) => tooDear(one, off))
  } finally {
    await closeDatabase()
    await bare?.stop()
    await server.stop()
  }
}

function describe({ rounds, ms, atOnce }: typeof PACE): string {
  return `${atOnce} requests at once, ${rounds} rounds of ${ms / 1000} s each, taken in turn`
}

/** A signed-in agent for each state; `cookie` and `reads` are of the last and the first one. */
async function signedIn(server: Gatehouse, agent: Agent) {
  const pages: Variant[] = []
  let cookie = ''
  let reads: PageReads | undefined
  for (const { name, ranges, switches } of STATES) {
    const account = await accountWith(server, ranges, switches)
    cookie = await signInOver(server.url, account.lena, IP)
    pages.push({ name, ask: openingPage(agent, server.url, cookie) })
    reads ??= await readingsOf(`file:${server.folder}/gatehouse.db`, account, IP)
  }
  return { pages, cookie, reads: reads as PageReads }
}

/** The way to a page with one step less, or one more, each time. */
function stepsOf(server: Gatehouse, agent: Agent, bare: BareApp, cookie: string): Variant[] {
  const sentAway = (headers: Record<string, string>) =>
    asking(agent, () => server.url + PATHS.agentConsole, 307, { headers: () => headers })
  return [
    { name: 'bare Next.js: the page alone', ask: openingPage(agent, bare.url) },
    {
      name: 'bare Next.js, behind a proxy.ts that does nothing',
      ask: openingPage(agent, bare.url, '', '?proxied'),
    },
    { name: 'proxy alone: a stranger sent to sign in', ask: sentAway({ 'x-forwarded-for': IP }) },
    {
      name: 'proxy and session: sent to /blocked',
      ask: sentAway({ 'x-forwarded-for': ELSEWHERE, cookie }),
    },
  ]
}

/** Where the difference between the page and the bare page goes, in milliseconds of the server for each page. */
async function printSteps(whole: Figures, steps: readonly Figures[], reads: PageReads): Promise<void> {
  const [page = NaN, proxied = NaN, stranger = NaN, outside = NaN] = steps.map(msOf)
  const data = await timeReads(reads)
  const total = msOf(whole)
  const session = outside - stranger
  const lines: [string, number][] = [
    ['rendering: the same page of a bare Next.js app', page],
    ['proxy: one that does nothing', proxied - page],
    ['session: cookie, row and "Check every request"', session],
    ['data: what the page reads', data],
    ['rest: policy and nonce, stamp, log, waiting for data', total - proxied - session - data],
  ]
  console.log('\nWhere the time of a page goes, allowlist off\n')
  for (const [name, ms] of [...lines, ['whole', total] as const])
    console.log(
      `${name.padEnd(52)} ${ms.toFixed(2).padStart(6)} ms  ${((ms / total) * 100).toFixed(0).padStart(3)} %`,
    )
}

async function timeReads({ read }: PageReads): Promise<number> {
  for (let warming = 0; warming < READINGS / 4; warming++) await read()
  const begin = performance.now()
  for (let reading = 0; reading < READINGS; reading++) await read()
  return (performance.now() - begin) / READINGS
}

function tooDear(one: Figures, off: Figures): string[] {
  const { is, give } = ratio(one, off)
  if (is + give >= 1 - MAY_COST) return []
  const percent = ((1 - is) * 100).toFixed(1)
  return [`"${one.name}" costs ${percent} % of throughput; ${MAY_COST * 100} % are allowed.`]
}
