import type { Address } from '../core/address'
import { type SurfaceVerdict, verdictsBySurface } from '../core/address-check'
import { SURFACES, type Surface, type Verdict } from '../core/allowlist'
import { type Actor, requirePermitted } from '../core/permissions'
import type { Range } from '../core/range'
import { findRangeText, judge, readSwitches } from './allowlist-reading'
import { database } from './database'

/** A range as people know it. */
export type NamedRange = Range & { id: string; description: string }

/** Whether an address would get in, and why. */
export interface AddressCheck {
  address: Address
  /** Whether the list is on. */
  enabled: boolean
  /** What holds now, on each surface. */
  now: readonly SurfaceVerdict[]
  /** What would hold if the list were on; while it is on, the same. */
  ifOn: readonly SurfaceVerdict[]
  /** The range that lets the address in. */
  range: NamedRange | null
  /** Ranges that hold it and don't count, some of them. */
  idle: readonly (NamedRange & { state: 'disabled' | 'expired' })[]
}

const IDLE_SHOWN = 3

/** Asks the same judge as a sign-in, about any address, on the list as the database has it now. Records nothing. */
export async function checkAddress(actor: Actor, address: Address, now = new Date()): Promise<AddressCheck> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const switches = await readSwitches(actor.accountId, now)
  if (!switches) throw new Error('The account of a signed-in agent is missing.')
  const ask = async (allowlistEnabled: boolean) => {
    const verdicts = new Map<Surface, Verdict>()
    for (const surface of SURFACES)
      verdicts.set(
        surface,
        await judge({ ...switches, allowlistEnabled }, { surface, address, nowMs: now.getTime() }),
      )
    return verdictsBySurface((surface) => verdicts.get(surface) as Verdict)
  }
  const ifOn = await ask(true)
  return {
    address,
    enabled: switches.allowlistEnabled,
    now: switches.allowlistEnabled ? ifOn : await ask(false),
    ifOn,
    range: await findMatch(ifOn),
    idle: await findIdle(actor.accountId, address, now),
  }
}

async function findMatch(verdicts: readonly SurfaceVerdict[]): Promise<NamedRange | null> {
  for (const { verdict } of verdicts) {
    if (verdict.because !== 'listed') continue
    const text = await findRangeText(verdict.rangeId)
    return text && { id: verdict.rangeId, ...text }
  }
  return null
}

async function findIdle(accountId: string, address: Address, now: Date): Promise<AddressCheck['idle']> {
  const rows = await database().range.findMany({
    where: {
      accountId,
      start: { lte: address },
      end: { gte: address },
      OR: [{ enabled: false }, { expiresAt: { lte: now } }],
    },
    select: { id: true, start: true, end: true, description: true, enabled: true },
    orderBy: { id: 'asc' },
    take: IDLE_SHOWN,
  })
  return rows.map(({ enabled, ...row }) => ({
    ...row,
    start: row.start as Address,
    end: row.end as Address,
    state: enabled ? 'expired' : 'disabled',
  }))
}
