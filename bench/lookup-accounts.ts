import { addressFromBigInt, formatAddress } from '@/lib/core/address'
import { readQuad } from '@/lib/core/address-text'
import { compileLookup, type LookupEntry } from '@/lib/core/lookup'
import { LookupArena } from '@/lib/core/lookup-arena'
import { heldBytes, median, randomNumbers, timed } from './measure'

const ACCOUNTS = 100_000
const RANGES = 20
const QUESTIONS = 1 << 14
const ROUNDS = 41

/** All accounts' lists, kept in one of several ways: account and text in, an answer that isn't null when listed. */
interface Way {
  name: string
  find(account: string, text: string): unknown
  bytes: number
  ms: number
  rounds: number[]
}

/** Decisions for (account, address) among 100,000 accounts of 20 ranges each in one process, side by side. */
export function measureAccounts(): void {
  const random = randomNumbers(7)
  const names = Array.from({ length: ACCOUNTS }, (_, account) => `account-${account}`)
  const starts = Uint32Array.from({ length: ACCOUNTS * RANGES }, () => random(2 ** 24) * 256)
  const widths = Uint8Array.from(starts, () => random(256))
  const asked = Array.from({ length: QUESTIONS }, () => random(ACCOUNTS))
  const accounts = asked.map((account) => names[account] as string)
  const texts = asked.map((account, at) => {
    const start = starts[account * RANGES + random(RANGES)] as number
    return formatAddress(addressFromBigInt(4, BigInt(at % 2 === 0 ? start : random(2 ** 32))))
  })
  const ways = [gatehouse, bareArena, closures].map((build): Way => {
    const before = heldBytes()
    const { ms, value } = timed(() => build(names, starts, widths))
    return { ...value, ms, bytes: heldBytes() - before, rounds: [] }
  })
  for (let round = 0; round < ROUNDS; round++) {
    for (const way of ways) way.rounds.push(askAll(way, accounts, texts))
  }
  console.log(
    `\n${ACCOUNTS.toLocaleString('en')} accounts of ${RANGES} IPv4 ranges: account and text in, answer out;\n` +
      `to name a range costs ${8 * RANGES} bytes an account, a pointer to each id`,
  )
  for (const { name, bytes, ms, rounds } of ways) {
    const [middle, best] = [median(rounds), Math.min(...rounds)].map((ns) =>
      `${ns.toFixed(0)} ns`.padStart(8),
    )
    const held = `${(bytes / ACCOUNTS).toFixed(0)} bytes`.padStart(11)
    console.log(
      `${name.padEnd(34)}median${middle}  best${best}  held${held} an account  built in ${ms.toFixed(0)} ms`,
    )
  }
}

type Build = (names: string[], starts: Uint32Array, widths: Uint8Array) => Pick<Way, 'name' | 'find'>

/** The ids of an account's ranges; accounts share the texts here, and each has its own pointers to them. */
const IDS = Array.from({ length: RANGES }, (_, range) => `range-${range}`)

const gatehouse: Build = (names, starts, widths) => {
  const places = new Map<string, number>()
  const arena = new LookupArena()
  for (const [account, name] of names.entries()) {
    const entries = IDS.map((id, at): LookupEntry => {
      const start = starts[account * RANGES + at] as number
      const end = start + (widths[account * RANGES + at] as number)
      const [first, last] = [addressFromBigInt(4, BigInt(start)), addressFromBigInt(4, BigInt(end))]
      return { id, start: first, end: last, enabled: true, expiresAtMs: null, createdAtMs: at }
    })
    places.set(name, arena.adopt(compileLookup(entries), 0) as number)
  }
  return {
    name: 'gatehouse, names the range',
    find: (account, text) => arena.at(places.get(account) as number).find(text, 1),
  }
}

/** The least that can be kept: starts and ends of all accounts in one array. Doesn't say which range it was. */
const bareArena: Build = (names, starts, widths) => {
  const places = new Map<string, number>()
  const words = new Uint32Array(2 * starts.length)
  for (const [account, name] of names.entries()) {
    places.set(name, account * RANGES * 2)
    const order = Array.from(IDS.keys(), (at) => account * RANGES + at)
    order.sort((a, b) => (starts[a] as number) - (starts[b] as number))
    for (const [place, from] of order.entries()) {
      const at = 2 * (account * RANGES + place)
      words[at] = starts[from] as number
      words[at + 1] = (starts[from] as number) + (widths[from] as number)
    }
  }
  return {
    name: 'one bare array, yes or no',
    find(account, text) {
      const x = readQuad(text, 0) >>> 0
      const at = places.get(account) as number
      let low = -1
      let high = RANGES
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if ((words[at + 2 * middle] as number) <= x) low = middle
        else high = middle
      }
      return low >= 0 && x <= (words[at + 2 * low + 1] as number) ? true : null
    },
  }
}

/** A closure over plain arrays for each account. */
const closures: Build = (names, starts, widths) => {
  const lists = new Map<string, (text: string) => string | null>()
  for (const [account, name] of names.entries()) {
    const ranges = IDS.map((id, at) => {
      const start = starts[account * RANGES + at] as number
      return { id, start, end: start + (widths[account * RANGES + at] as number) }
    }).sort((a, b) => a.start - b.start)
    lists.set(name, (text) => {
      const x = readQuad(text, 0) >>> 0
      let low = -1
      let high = ranges.length
      while (high - low > 1) {
        const middle = (low + high) >> 1
        if ((ranges[middle] as { start: number }).start <= x) low = middle
        else high = middle
      }
      const found = ranges[low]
      return found && x <= found.end ? found.id : null
    })
  }
  return {
    name: 'a closure for each, names the range',
    find: (account, text) => lists.get(account)?.(text) ?? null,
  }
}

function askAll({ find }: Way, accounts: string[], texts: string[]): number {
  let listed = 0
  const { ms } = timed(() => {
    for (let at = 0; at < QUESTIONS; at++) {
      if (find(accounts[at] as string, texts[at] as string) !== null) listed++
    }
  })
  if (listed < QUESTIONS / 2) throw new Error('Wrong answers')
  return (ms * 1e6) / QUESTIONS
}
