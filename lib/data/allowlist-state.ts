import { Prisma } from '@/prisma/generated/sqlite/client/client'
import type { Address } from '../core/address'
import type { Verdict } from '../core/allowlist'
import { type Actor, requirePermitted } from '../core/permissions'
import type { Range } from '../core/range'
import { type AccountSwitches, type SwitchesRow, switchesOf } from './account-switches'
import { findRangeText, judge } from './allowlist-reading'
import { database } from './database'
import { readSettled } from './settling'

/** The switches and how many ranges there are, in one query. */
export interface AllowlistState extends AccountSwitches {
  contactEmail: string | null
  /** The list is off for a time, until then: who turned it off, and why. */
  off: TimeOff | null
  total: number
  /** Enabled and not expired. */
  active: number
  disabled: number
  /** Enabled, and past their end. */
  expired: number
}

/** Why a list is off that turns itself on again. */
export interface TimeOff {
  until: Date
  byName: string
  reason: string
}

/** The account's allowlist as the database has it now. */
export async function readAllowlistState(actor: Actor, now = new Date()): Promise<AllowlistState> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const row = await readSettled(
    () => readRow(actor.accountId, now),
    ({ revertAt }) => ({ id: actor.accountId, revertAt: revertAt ? new Date(revertAt) : null }),
    now,
  )
  if (!row) throw new Error('The account of a signed-in agent is missing.')
  const [total, disabled, expired] = [Number(row.total), Number(row.disabled), Number(row.expired)]
  const offUntil = row.offUntil ? new Date(row.offUntil) : null
  const switches = switchesOf({ ...row, accountId: actor.accountId }, now.getTime())
  const { offByName, offReason } = row
  return {
    ...switches,
    contactEmail: row.contactEmail,
    off:
      offUntil && !switches.allowlistEnabled
        ? { until: offUntil, byName: offByName ?? '', reason: offReason ?? '' }
        : null,
    ...{ total, disabled, expired, active: total - disabled - expired },
  }
}

async function readRow(accountId: string, now: Date): Promise<Row | null> {
  const [row] = await database().$queryRaw<Row[]>(selectState(accountId, now))
  return row ?? null
}

/** Each count is read off an index: every look at the Control Panel asks, and a list may be long. */
export function selectState(accountId: string, now: Date): Prisma.Sql {
  const count = (which: Prisma.Sql) =>
    Prisma.sql`(SELECT COUNT(*) FROM "Range" r WHERE r."accountId" = a."id"${which})`
  return Prisma.sql`
    SELECT a."allowlistEnabled", a."mobileEnforced", a."checkEveryRequest", a."allowlistVersion", a."contactEmail",
           a."revertAt", a."offUntil", a."offByName", a."offReason", ${count(Prisma.empty)} AS "total",
           ${count(Prisma.sql` AND r."enabled" = FALSE`)} AS "disabled",
           ${count(Prisma.sql` AND r."enabled" = TRUE AND r."expiresAt" <= ${now}`)} AS "expired"
    FROM "Account" a WHERE a."id" = ${accountId}`
}

type Row = Omit<SwitchesRow, 'accountId'> &
  Record<'total' | 'disabled' | 'expired', number | bigint> &
  Record<'contactEmail' | 'offByName' | 'offReason', string | null>

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
