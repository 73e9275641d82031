import { measureAccounts } from './lookup-accounts'
import { type Rival, rivals } from './lookup-rivals'
import { makeWorkload, type Workload } from './lookup-workload'
import { heldBytes, median, timed } from './measure'

const ROUNDS = 21
const ROUND_MS = 12
const FEWEST_QUESTIONS = 4
/** A rival that takes longer for one question is not asked in the next larger list. */
const TOO_SLOW_NS = 3_000_000

/**
 * Text in, answer out: median nanoseconds, side by side. Options: numbers of ranges (default 10 1000 100000
 * 1000000), `v4`, `v6`, names of rivals.
 */
export async function run(options: string[]): Promise<void> {
  const sizes = options.map(Number).filter((size) => size > 0)
  const families = ([4, 6] as const).filter((family) => !options.includes(family === 4 ? 'v6' : 'v4'))
  const all = await rivals()
  const named = all.filter(({ name }) => options.includes(name))
  for (const family of options.includes('accounts') ? [] : families) {
    let racing = (named.length > 0 ? named : all).filter(({ onlyV4 }) => family === 4 || !onlyV4)
    for (const size of sizes.length > 0 ? sizes : [10, 1_000, 100_000, 1_000_000]) {
      racing = race(racing, makeWorkload(family, size))
    }
  }
  if (options.length === 0 || options.includes('accounts')) measureAccounts()
}

interface Racer {
  rival: Rival
  has(text: string): boolean
  buildMs: number
  heldBytes: number
  ownBytes: number | undefined
  rounds: number[]
}

/** Prints one table; returns the rivals that are fast enough for a larger list. */
function race(contenders: readonly Rival[], workload: Workload): Rival[] {
  const prepared = contenders.map((rival) => prepare(rival, workload))
  const racers = prepared.filter((racer) => answersRightly(racer, workload))
  for (let round = 0; round < ROUNDS; round++) {
    for (const racer of racers) racer.rounds.push(askFor(racer, workload.queries))
  }
  report(racers, workload)
  return racers.filter((racer) => median(racer.rounds) < TOO_SLOW_NS).map(({ rival }) => rival)
}

function prepare(rival: Rival, workload: Workload): Racer {
  const before = heldBytes()
  const { ms, value } = timed(() => rival.build(workload))
  const held = heldBytes() - before
  return { rival, has: value.has, buildMs: ms, heldBytes: held, ownBytes: value.bytes, rounds: [] }
}

/** A rival that answers wrongly is named and left out. */
function answersRightly({ rival, has }: Racer, { queries, listed, entries, family }: Workload): boolean {
  for (let at = 0; at < (entries.length > 1_000 ? 50 : 1_000); at++) {
    if (has(queries[at] as string) === listed[at]) continue
    console.log(`\n${rival.name} is left out of IPv${family}: it is wrong about ${queries[at]}`)
    return false
  }
  return true
}

function askFor({ has }: Racer, queries: readonly string[]): number {
  const mask = queries.length - 1
  let asked = 0
  let hits = 0
  const begin = performance.now()
  let passed = 0
  for (let chunk = FEWEST_QUESTIONS; passed < ROUND_MS; chunk = Math.min(chunk * 2, queries.length)) {
    for (let at = asked; at < asked + chunk; at++) if (has(queries[at & mask] as string)) hits++
    asked += chunk
    passed = performance.now() - begin
  }
  if (hits < 0) throw new Error('unreachable')
  return (passed * 1e6) / asked
}

function report(racers: readonly Racer[], { family, entries }: Workload): void {
  const own = median((racers[0] as Racer).rounds)
  console.log(`\nIPv${family}, ${entries.length.toLocaleString('en')} ranges`)
  console.log(
    row(
      '',
      'median ns',
      'best ns',
      'times ours',
      'build ms',
      'held bytes/range',
      'own bytes/range',
      'names range',
    ),
  )
  for (const { rival, buildMs, heldBytes, ownBytes, rounds } of racers) {
    const ns = median(rounds)
    console.log(
      row(
        rival.name,
        shown(ns),
        shown(Math.min(...rounds)),
        (ns / own).toFixed(1),
        buildMs.toFixed(1),
        (heldBytes / entries.length).toFixed(1),
        ownBytes === undefined ? '' : (ownBytes / entries.length).toFixed(1),
        rival.namesRange ? 'yes' : 'no',
      ),
    )
  }
}

function shown(ns: number): string {
  return ns.toFixed(ns < 1_000 ? 1 : 0)
}

function row(name: string, ...cells: string[]): string {
  return name.padEnd(16) + cells.map((cell) => cell.padStart(17)).join('')
}
