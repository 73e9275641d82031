import { type Agent, request } from 'node:http'
import { median } from './measure'

/** One kind of request whose cost is wanted; `ask` sends it and resolves with the last byte of the answer. */
export interface Variant {
  name: string
  ask: () => Promise<unknown>
}

/** What a variant did, a number a round. */
export interface Figures {
  name: string
  perSecond: number[]
  p99Ms: number[]
}

/** How long and how hard each variant is asked in each round. */
export interface Pace {
  rounds: number
  ms: number
  atOnce: number
}

/**
 * Asks the variants in turn (ABC, CBA, ABC ...), so that whatever else the machine does hits all alike; after one round that
 * doesn't count. Each is asked by `atOnce` askers, who ask again as soon as they are answered.
 */
export async function inTurns(variants: readonly Variant[], pace: Pace): Promise<Figures[]> {
  const figures = variants.map(({ name }) => ({ name, perSecond: [] as number[], p99Ms: [] as number[] }))
  const order = variants.map((variant, at) => ({ variant, into: figures[at] as Figures }))
  for (let round = 0; round <= pace.rounds; round++) {
    for (const { variant, into } of order) {
      const { perSecond, p99Ms } = await measureOnce(variant, pace)
      if (round === 0) continue
      into.perSecond.push(perSecond)
      into.p99Ms.push(p99Ms)
    }
    order.reverse()
  }
  return figures
}

async function measureOnce({ ask }: Variant, { ms, atOnce }: Pace) {
  const times: number[] = []
  const begin = performance.now()
  const askOn = async () => {
    while (performance.now() < begin + ms) {
      const asked = performance.now()
      await ask()
      times.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, askOn))
  const seconds = (performance.now() - begin) / 1000
  times.sort((a, b) => a - b)
  const p99Ms = times[Math.ceil(times.length * 0.99) - 1] ?? Number.NaN
  return { perSecond: times.length / seconds, p99Ms }
}

/** Throughput of one variant by that of another, round by round. */
export function ratio(of: Figures, to: Figures): number {
  return median(of.perSecond.map((perSecond, round) => perSecond / (to.perSecond[round] ?? Number.NaN)))
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
export function printTable(title: string, figures: readonly Figures[], first = figures[0] as Figures): void {
  console.log(`\n${title}\n`)
  console.log(`${''.padEnd(46)} a second   p99 ms   ratio`)
  for (const one of figures) {
    const cells = [
      median(one.perSecond).toFixed(1).padStart(8),
      median(one.p99Ms).toFixed(1).padStart(8),
      ratio(one, first).toFixed(3).padStart(7),
    ]
    console.log(`${one.name.padEnd(46)} ${cells.join(' ')}`)
  }
}
