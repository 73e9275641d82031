import { addressFromBigInt, formatAddress } from '@/lib/core/address'
import { type CompiledLookup, compileLookup } from '@/lib/core/lookup'
import { LookupArena } from '@/lib/core/lookup-arena'
import { heldBytes, median, randomNumbers, timed } from './measure'

const ACCOUNTS = 100_000
const RANGES = 20
const QUESTIONS = 1 << 14
const ROUNDS = 41

/** A decision for (account, address) among 100,000 accounts of 20 ranges each, all in one process. */
export function measureAccounts(): void {
  const random = randomNumbers(7)
  const names = Array.from({ length: ACCOUNTS }, (_, account) => `account-${account}`)
  const ids = Array.from({ length: RANGES }, (_, range) => `range-${range}`)
  const starts = new Uint32Array(ACCOUNTS * RANGES)
  const before = heldBytes()
  const { ms, value } = timed(() => buildAll(names, ids, starts, random))
  const held = (heldBytes() - before) / ACCOUNTS
  const asked = Array.from({ length: QUESTIONS }, () => random(ACCOUNTS))
  const accounts = asked.map((account) => names[account] as string)
  const texts = asked.map((account, at) => {
    const start = starts[account * RANGES + random(RANGES)] as number
    return formatAddress(addressFromBigInt(4, BigInt(at % 2 === 0 ? start : random(2 ** 32))))
  })
  const rounds = Array.from({ length: ROUNDS }, () => askAll(value.lists, accounts, texts))
  const shared = value.arena.bytes / ACCOUNTS
  const beside = 8 * RANGES + 16 + 32
  console.log(
    `\n${ACCOUNTS.toLocaleString('en')} accounts of ${RANGES} IPv4 ranges, account and text in, range out`,
  )
  console.log(`median ${median(rounds).toFixed(0)} ns, best ${Math.min(...rounds).toFixed(0)} ns a question`)
  console.log(
    `${held.toFixed(0)} bytes an account in all: ${shared.toFixed(0)} in the arena, ${beside} of them for ids`,
  )
  console.log(`built in ${ms.toFixed(0)} ms`)
}

function buildAll(names: string[], ids: string[], starts: Uint32Array, random: (limit: number) => number) {
  const lists = new Map<string, CompiledLookup>()
  const arena = new LookupArena()
  for (const [account, name] of names.entries()) {
    const lookup = compileLookup(
      ids.map((id, at) => {
        const start = random(2 ** 24) * 256
        starts[account * RANGES + at] = start
        const [first, last] = [
          addressFromBigInt(4, BigInt(start)),
          addressFromBigInt(4, BigInt(start + random(256))),
        ]
        return { id, start: first, end: last, enabled: true, expiresAtMs: null, createdAtMs: at }
      }),
    )
    arena.adopt(lookup)
    lists.set(name, lookup)
  }
  return { lists, arena }
}

function askAll(lists: Map<string, CompiledLookup>, accounts: string[], texts: string[]): number {
  let listed = 0
  const { ms } = timed(() => {
    for (let at = 0; at < QUESTIONS; at++) {
      if (lists.get(accounts[at] as string)?.find(texts[at] as string, 1) !== null) listed++
    }
  })
  if (listed < QUESTIONS / 2) throw new Error('Wrong answers')
  return (ms * 1e6) / QUESTIONS
}
