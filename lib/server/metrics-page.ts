import 'server-only'
import { Gauge } from 'prom-client'
import { bearerToken } from '../core/bearer'
import { ApiProblem } from '../core/problem'
import { type Census, takeCensus } from '../data/census'
import { isSameSecret } from '../data/secrets'
import { env } from '../env'
import { measures } from './measures'

/** Without the setting there is no such page (404); with a wrong token the answer is 401. Throws ApiProblem. */
export function requireMetricsReader(headers: Headers): void {
  const { METRICS_TOKEN } = env()
  if (METRICS_TOKEN === null) throw new ApiProblem('not-found', 'METRICS_TOKEN is not set.')
  if (isSameSecret(bearerToken(headers) ?? '', METRICS_TOKEN)) return
  throw new ApiProblem('invalid-token', 'Send METRICS_TOKEN: Authorization: Bearer ...')
}

/** Everything that is measured, as Prometheus reads it. Never waits long for the database, and never fails with it. */
export async function metricsPage(): Promise<{ text: string; contentType: string }> {
  const { registry } = measures()
  fillGauges(await recentCensus())
  return { text: await registry.metrics(), contentType: registry.contentType }
}

/** However often the page is asked for, the database is asked this often. */
const CENSUS_AGE_MS = 5_000
const CENSUS_WITHIN_MS = 2_000

interface Gauges {
  up: Gauge
  fill: Record<'sessions' | 'devices' | 'ranges' | 'waitingMails' | 'waitingSeconds', Gauge>
}

const STATE = Symbol.for('gatehouse.metrics-page')
interface State {
  gauges: Gauges
  census?: { takenAtMs: number; result: Promise<Census | null> }
}
const shared = globalThis as { [STATE]?: State }

function state(): State {
  shared[STATE] ??= { gauges: makeGauges() }
  return shared[STATE]
}

function makeGauges(): Gauges {
  const gauge = (name: string, help: string) =>
    new Gauge({ registers: [measures().registry], name: `gatehouse_${name}`, help })
  return {
    up: gauge('database_up', '1 when the database answered; the counts below are absent when it did not.'),
    fill: {
      sessions: gauge('sessions', 'Live sessions of browsers, over all instances.'),
      devices: gauge('mobile_devices', 'Phones that are signed in, over all instances.'),
      ranges: gauge('ranges', 'Ranges on the lists of all accounts.'),
      waitingMails: gauge('outbox_mails', 'Mails that wait to be sent.'),
      waitingSeconds: gauge('outbox_oldest_seconds', 'Age of the oldest mail that waits; 0 for none.'),
    },
  }
}

/** The census of at most five seconds ago, or null: the database can't be read now. */
function recentCensus(): Promise<Census | null> {
  const known = state().census
  const nowMs = performance.now()
  if (known && nowMs - known.takenAtMs < CENSUS_AGE_MS) return known.result
  const result = withinLimit(takeCensus(Date.now()))
  state().census = { takenAtMs: nowMs, result }
  return result
}

async function withinLimit(census: Promise<Census>): Promise<Census | null> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), CENSUS_WITHIN_MS)
  })
  try {
    return await Promise.race([census.catch(() => null), limit])
  } finally {
    clearTimeout(timer)
  }
}

function fillGauges(census: Census | null): void {
  const { up, fill } = state().gauges
  up.set(census ? 1 : 0)
  if (!census) {
    // A number that nobody knows is left out, and not shown as 0.
    for (const gauge of Object.values(fill)) gauge.remove()
    return
  }
  const { waitingSince, ...counts } = census
  const waitingSeconds = waitingSince ? Math.max(0, (Date.now() - waitingSince.getTime()) / 1000) : 0
  for (const [name, value] of Object.entries({ ...counts, waitingSeconds }))
    fill[name as keyof Gauges['fill']].set(value)
}
