import { isOnAt, type TimedSwitch } from '../core/time-off'

/**
 * The account's switches as they are at one instant, which no row alone can tell; `allowlistVersion` names the list they
 * belong to.
 */
export interface AccountSwitches {
  id: string
  atMs: number
  allowlistEnabled: boolean
  mobileEnforced: boolean
  checkEveryRequest: boolean
  allowlistVersion: number
  /** When a change that nobody has confirmed is undone; who judges later than that reads them anew. */
  revertAt: Date | null
}

/** The switches at that instant: a list that was turned off for a time is on again when the time is over. */
export function switchesAt(row: Omit<AccountSwitches, 'atMs'> & TimedSwitch, nowMs: number): AccountSwitches {
  const { id, mobileEnforced, checkEveryRequest, allowlistVersion, revertAt } = row
  const allowlistEnabled = isOnAt(row, nowMs)
  return { id, atMs: nowMs, allowlistEnabled, mobileEnforced, checkEveryRequest, allowlistVersion, revertAt }
}

/** As SQLite and PostgreSQL answer a statement of one's own: truth may be a number, a number a bigint, an instant text. */
export interface SwitchesRow
  extends Record<'allowlistEnabled' | 'mobileEnforced' | 'checkEveryRequest', boolean | number>,
    Record<'offUntil' | 'revertAt', string | Date | null> {
  accountId: string
  allowlistVersion: number | bigint
}

/** The switches at that instant, out of a row of either database. */
export function switchesOf(row: SwitchesRow, nowMs: number): AccountSwitches {
  const instant = (at: string | Date | null) => (at ? new Date(at) : null)
  return switchesAt(
    {
      id: row.accountId,
      allowlistEnabled: Boolean(row.allowlistEnabled),
      offUntil: instant(row.offUntil),
      mobileEnforced: Boolean(row.mobileEnforced),
      checkEveryRequest: Boolean(row.checkEveryRequest),
      allowlistVersion: Number(row.allowlistVersion),
      revertAt: instant(row.revertAt),
    },
    nowMs,
  )
}
