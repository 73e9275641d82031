import type { Agent } from 'node:http'
import { startGatehouse } from '../e2e/fixtures/gatehouse'
import { hashPassword, isRightPassword } from '../lib/data/passwords'
import { accountWith, BEHIND_PROXY, signingIn } from './http-account'
import { type Figures, inTurns, printTable, ratio, type Variant } from './http-load'

/** As many as hash at once for people on devices that are not known (lib/server/hashing-queue.ts). */
const AT_ONCE = { rounds: 30, ms: 500, atOnce: 3 }
const ONE_BY_ONE = { rounds: 30, ms: 400, atOnce: 1 }
const MAY_COST = 1.3

/** Sign-ins of phones beside bare argon2id with the same parameters. Answers what costs more than it may. */
export async function measureSignIns(agent: Agent): Promise<string[]> {
  const server = await startGatehouse(BEHIND_PROXY)
  try {
    const off = await accountWith(server, 10, {})
    const on = await accountWith(server, 10, { allowlistEnabled: true, mobileEnforced: true })
    const stored = await hashPassword(off.lena.password)
    const variants: Variant[] = [
      { name: 'argon2id alone', ask: () => isRightPassword(stored, off.lena.password) },
      { name: 'sign-in, allowlist off', ask: signingIn(agent, () => server.url, off.lena) },
      { name: 'sign-in, mobile enforced, 10 ranges', ask: signingIn(agent, () => server.url, on.lena) },
    ]
    const many = await inTurns(variants, AT_ONCE)
    printTable(`Sign-ins on the mobile API, SQLite, ${AT_ONCE.atOnce} at once`, many)
    const single = await inTurns(variants, ONE_BY_ONE)
    printTable('The same, one after the other', single)
    return single.slice(1).flatMap((one) => tooDear(one, single[0] as Figures))
  } finally {
    await server.stop()
  }
}

function tooDear(one: Figures, hash: Figures): string[] {
  const { is, give } = ratio(one, hash)
  if (1 / (is + give) <= MAY_COST) return []
  return [`"${one.name}" costs ${(1 / is).toFixed(2)} times its password hash; ${MAY_COST} are allowed.`]
}
