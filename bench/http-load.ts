import { type Agent, request } from 'node:http'
import { median } from './measure'

/** One kind of request whose cost is wanted; `ask` sends it and resolves with the last byte of the answer. */
export interface Variant {
  name: string
  ask: () => Promise<unknown>
}

/** What a variant did: answers a second, one number a round, and how long each answer took. */
export interface Figures {
  name: string
  perSecond: number[]
  timesMs: number[]
}

/** How long and how hard each variant is asked in each round. */
export interface Pace {
  rounds: number
  ms: number
  atOnce: number
}

/**
 * Asks the variants in turn (ABC, CBA, ABC ...), in short rounds, so that whatever else the machine does hits all alike; after
 * rounds of a second in all that don't count. Each is asked by `atOnce` askers, who ask again as soon as they are answered.
 */
export async function inTurns(variants: readonly Variant[], pace: Pace): Promise<Figures[]> {
  const figures = variants.map(({ name }) => ({ name, perSecond: [] as number[], timesMs: [] as number[] }))
  const order = variants.map((variant, at) => ({ variant, into: figures[at] as Figures }))
  for (let round = -Math.ceil(WARM_UP_MS / pace.ms); round < pace.rounds; round++) {
    for (const { variant, into } of order) {
      const { perSecond, timesMs } = await measureOnce(variant, pace)
      if (round < 0) continue
      into.perSecond.push(perSecond)
      into.timesMs.push(...timesMs)
    }
    order.reverse()
  }
  return figures
}

const WARM_UP_MS = 1_000

async function measureOnce({ ask }: Variant, { ms, atOnce }: Pace) {
  const timesMs: number[] = []
  const begin = performance.now()
  const askOn = async () => {
    while (performance.now() < begin + ms) {
      const asked = performance.now()
      await ask()
      timesMs.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, askOn))
  return { perSecond: (timesMs.length / (performance.now() - begin)) * 1000, timesMs }
}

function p99({ timesMs }: Figures): number {
  const sorted = [...timesMs].sort((a, b) => a - b)
  return sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN
}

/** Throughput of one variant by that of another: mean over the rounds, and twice its standard error. */
export function ratio(of: Figures, to: Figures): { is: number; give: number } {
  const logs = of.perSecond.map((perSecond, round) => Math.log(perSecond / (to.perSecond[round] ?? NaN)))
  const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length
  const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / (logs.length - 1)
  return { is: Math.exp(mean), give: 2 * Math.exp(mean) * Math.sqrt(variance / logs.length) }
}

/** Milliseconds of a busy server for each answer. */
export function msOf({ perSecond }: Figures): number {
  return 1000 / median(perSecond)
}

/** One request over a connection that is kept; with a body it is a POST. Throws when another status comes back. */
export function asking(
  agent: Agent,
  url: () => string,
  expected: number,
  { headers, body }: { headers: () => Record<string, string>; body?: string },
): () => Promise<void> {
  return () =>
    new Promise((resolve, reject) => {
      const options = { agent, headers: headers(), method: body === undefined ? 'GET' : 'POST' }
      const outgoing = request(url(), options, (answer) => {
        const isExpected = answer.statusCode === expected
        if (!isExpected) reject(new Error(`${url()} answered ${answer.statusCode} instead of ${expected}.`))
        answer.on('data', () => {}).on('error', reject)
        answer.on('end', resolve)
      })
      outgoing.on('error', reject).end(body)
    })
}

/** Lines of a table; the first is what the ratios are to. */
export function printTable(title: string, figures: readonly Figures[]): void {
  console.log(`\n${title}\n`)
  console.log(`${''.padEnd(50)} a second   p99 ms   ratio`)
  for (const one of figures) {
    const { is, give } = ratio(one, figures[0] as Figures)
    const cells = [
      median(one.perSecond).toFixed(1).padStart(8),
      p99(one).toFixed(1).padStart(8),
      `${is.toFixed(3).padStart(7)} ± ${give.toFixed(3)}`,
    ]
    console.log(`${one.name.padEnd(50)} ${cells.join(' ')}`)
  }
}
