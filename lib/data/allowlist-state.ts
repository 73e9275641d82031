import type { Address } from '../core/address'
import type { Verdict } from '../core/allowlist'
import { type Actor, requirePermitted } from '../core/permissions'
import type { Range } from '../core/range'
import { findRangeText, judge } from './allowlist-reading'
import { database } from './database'
import type { AccountSwitches } from './sessions'

/** The switches and how many ranges there are, in one query. */
export interface AllowlistState extends AccountSwitches {
  contactEmail: string | null
  total: number
  /** Enabled and not expired. */
  active: number
  disabled: number
  /** Enabled, and past their end. */
  expired: number
}

/** The account's allowlist as the database has it now. */
export async function readAllowlistState(actor: Actor, now = new Date()): Promise<AllowlistState> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const [row] = await database().$queryRaw<Row[]>`
    SELECT a."allowlistEnabled", a."mobileEnforced", a."checkEveryRequest", a."allowlistVersion", a."contactEmail",
           COUNT(r."id") AS "total",
           SUM(CASE WHEN r."enabled" THEN 0 WHEN r."id" IS NULL THEN 0 ELSE 1 END) AS "disabled",
           SUM(CASE WHEN r."enabled" AND r."expiresAt" <= ${now} THEN 1 ELSE 0 END) AS "expired"
    FROM "Account" a LEFT JOIN "Range" r ON r."accountId" = a."id"
    WHERE a."id" = ${actor.accountId} GROUP BY a."id"`
  if (!row) throw new Error('The account of a signed-in agent is missing.')
  const [total, disabled, expired] = [Number(row.total), Number(row.disabled), Number(row.expired)]
  return {
    id: actor.accountId,
    allowlistEnabled: Boolean(row.allowlistEnabled),
    mobileEnforced: Boolean(row.mobileEnforced),
    checkEveryRequest: Boolean(row.checkEveryRequest),
    allowlistVersion: Number(row.allowlistVersion),
    contactEmail: row.contactEmail,
    ...{ total, disabled, expired, active: total - disabled - expired },
  }
}

type Row = Record<'allowlistEnabled' | 'mobileEnforced' | 'checkEveryRequest', boolean | number> &
  Record<'allowlistVersion' | 'total' | 'disabled' | 'expired', number | bigint> & {
    contactEmail: string | null
  }

/** What the list, if it were on, would say about the actor's own address on the web. */
export interface Coverage {
  verdict: Verdict
  range: (Range & { id: string; description: string }) | null
}

/** Judged on the compiled list of that version: no range is loaded but the one that matched. */
export async function findCoverage(
  switches: AccountSwitches,
  address: Address | null,
  nowMs: number,
): Promise<Coverage> {
  const verdict = await judge(
    { ...switches, allowlistEnabled: true },
    { surface: 'CONTROL_PANEL', address, nowMs },
  )
  if (verdict.because !== 'listed') return { verdict, range: null }
  const text = await findRangeText(verdict.rangeId)
  return { verdict, range: text && { id: verdict.rangeId, ...text } }
}
