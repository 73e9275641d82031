import { Prisma } from '@/prisma/generated/sqlite/client/client'
import type { Address } from '../core/address'
import { type Allowlist, decide } from '../core/allowlist'
import { addressesLosingTheirRange, type DraftRanges, draftLookup } from '../core/draft-lookup'
import { type Impact, type RecentSignIn, replay } from '../core/impact'
import type { LookupEntry } from '../core/lookup'
import { type Actor, requirePermitted } from '../core/permissions'
import type { Range } from '../core/range'
import { readAllowlist, readSwitches } from './allowlist-reading'
import { database } from './database'
import { type RecentSignIns, readRecentSignIns } from './recent-sign-ins'

/** A change that is not saved. */
export type Draft =
  | { change: 'turn-on' }
  | { change: 'enforce-mobile' }
  | { change: 'add'; ranges: readonly { range: Range; expiresAt: Date | null }[] }
  /** `expiresAt` undefined leaves the end as it is. */
  | { change: 'edit'; id: string; range: Range; expiresAt: Date | null | undefined }
  | { change: 'disable' | 'delete'; id: string }

/** Who would be refused after a change that is not saved. */
export interface DraftImpact extends Impact {
  /** The list is off and stays off: what is told is what would hold if it were on. */
  isHypothetical: boolean
  /** Not every sign-in was looked at. */
  isSample: boolean
  /** Told is who would be refused at the latest when the changed range expires. */
  endsLater: boolean
}

/**
 * Replays recent sign-ins against the list as it is and as `draft` would make it, with the same decision as a sign-in.
 * Changes nothing. Null: the range is gone.
 */
export async function foresee(
  actor: Actor,
  draft: Draft,
  { now = new Date(), recent }: { now?: Date; recent?: RecentSignIns } = {},
): Promise<DraftImpact | null> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const switches = await readSwitches(actor.accountId, now)
  if (!switches) throw new Error('The account of a signed-in agent is missing.')
  const drafted = await draftRanges(actor.accountId, draft, now)
  if (!drafted) return null
  const { signIns, isSample } = recent ?? (await readRecentSignIns(actor, now))
  const before = await readAllowlist(switches)
  const instants = [now.getTime(), ...(drafted.endsAt ? [drafted.endsAt.getTime()] : [])]
  const losing = addressesLosingTheirRange(before.ranges, drafted, addressesOf(signIns), instants)
  const others = await readOthers(actor.accountId, drafted, losing)
  const after = {
    ranges: draftLookup(before.ranges, drafted, others),
    enabled: true,
    mobileEnforced: switches.mobileEnforced || draft.change === 'enforce-mobile',
  }
  const [nowMs] = instants as [number]
  const impact = replay(
    signIns,
    (place) => decide({ allowlist: before, ...place, nowMs }),
    (place) => worst(after, place, instants),
  )
  const isHypothetical = !switches.allowlistEnabled && draft.change !== 'turn-on'
  return { ...impact, isHypothetical, isSample, endsLater: instants.length > 1 }
}

/** The verdict of the first instant that refuses. */
function worst(allowlist: Allowlist, place: Pick<RecentSignIn, 'surface' | 'address'>, instants: number[]) {
  const verdicts = instants.map((nowMs) => decide({ allowlist, ...place, nowMs }))
  return verdicts.find(({ admit }) => !admit) ?? (verdicts[0] as (typeof verdicts)[number])
}

interface Drafted extends DraftRanges {
  /** The change ends something at this instant, so the list is judged as it will be then, too. */
  endsAt: Date | null
}

const NO_CHANGE: Drafted = { removed: new Set(), added: [], endsAt: null }

async function draftRanges(accountId: string, draft: Draft, now: Date): Promise<Drafted | null> {
  switch (draft.change) {
    case 'turn-on':
    case 'enforce-mobile':
      return NO_CHANGE
    case 'add':
      return {
        ...NO_CHANGE,
        added: draft.ranges.map(({ range, expiresAt }, at) => entry(`draft ${at}`, range, expiresAt, now)),
      }
    default:
      return changedRange(accountId, draft, now)
  }
}

async function changedRange(
  accountId: string,
  draft: Extract<Draft, { id: string }>,
  now: Date,
): Promise<Drafted | null> {
  const row = await database().range.findFirst({ where: { id: draft.id, accountId } })
  if (!row) return null
  const removed = new Set([row.id])
  const range = { start: row.start as Address, end: row.end as Address }
  switch (draft.change) {
    case 'delete':
      return { ...NO_CHANGE, removed }
    case 'disable':
      return { ...NO_CHANGE, removed, added: [{ ...entry('draft', range, null, now), enabled: false }] }
    case 'edit': {
      const { expiresAt = row.expiresAt } = draft
      const isNewEnd = expiresAt?.getTime() !== row.expiresAt?.getTime()
      const added = [{ ...entry('draft', draft.range, expiresAt, now), enabled: row.enabled }]
      return { removed, added, endsAt: isNewEnd ? expiresAt : null }
    }
  }
}

function entry(id: string, { start, end }: Range, expiresAt: Date | null, now: Date): LookupEntry {
  const expiresAtMs = expiresAt?.getTime() ?? null
  return { id, start, end, enabled: true, expiresAtMs, createdAtMs: now.getTime() }
}

function addressesOf(signIns: readonly RecentSignIn[]): Set<Address> {
  return new Set(signIns.flatMap(({ address }) => (address ? [address] : [])))
}

/** The ranges that stay around these addresses. */
async function readOthers(accountId: string, { removed }: DraftRanges, losing: readonly Address[]) {
  if (losing.length === 0 || removed === 'all') return []
  const sorted = [...losing].sort()
  const rows = await database().$queryRaw<Row[]>`
    SELECT r."id", r."start", r."end", r."expiresAt" FROM "Range" r
    WHERE r."accountId" = ${accountId} AND r."enabled" AND r."start" <= ${sorted.at(-1)} AND r."end" >= ${sorted[0]}
      AND r."id" NOT IN (${Prisma.join([...removed])})`
  return rows.map(
    ({ id, start, end, expiresAt }): LookupEntry => ({
      id,
      start: start as Address,
      end: end as Address,
      enabled: true,
      expiresAtMs: expiresAt ? new Date(expiresAt).getTime() : null,
      createdAtMs: 0,
    }),
  )
}

interface Row {
  id: string
  start: string
  end: string
  expiresAt: Date | string | null
}
