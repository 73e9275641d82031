import { PATHS } from '../core/paths'
import { isOnAt } from '../core/time-off'
import { env } from '../env'
import { allowlistResumedNotice } from '../mail/allowlist-notices'
import { systemOf } from './accounts'
import { bumpVersion } from './allowlist'
import { recordAudit } from './audit'
import type { Transaction } from './database'
import { tellManagers } from './notices'

/** The time that a list is off for, as the account's row has it. */
export interface TimeOffRow {
  offUntil: Date | null
  offByName: string | null
  offReason: string | null
}

/** On, or off for good. */
export const NO_TIME_OFF: TimeOffRow = { offUntil: null, offByName: null, offReason: null }

/**
 * Writes down that the time a list was off for is over, in a transaction that has locked the account: it counts as on since
 * then already, whoever has noticed. True for the one who wrote the audit row and queued the mail.
 */
export async function endTimeOff(tx: Transaction, accountId: string, now: Date): Promise<boolean> {
  const account = await tx.account.findUniqueOrThrow({ where: { id: accountId } })
  const { allowlistEnabled, offUntil, offByName, offReason } = account
  if (allowlistEnabled || !offUntil || !isOnAt(account, now.getTime())) return false
  const { count } = await tx.account.updateMany({
    where: { id: accountId, allowlistEnabled: false, offUntil },
    data: { allowlistEnabled: true, ...NO_TIME_OFF },
  })
  if (count === 0) return false
  await recordAudit(tx, systemOf(accountId), {
    action: 'allowlist.resumed',
    subject: { type: 'account', id: accountId, name: account.name },
    before: { offUntil, reason: offReason },
  })
  await bumpVersion(tx, accountId)
  const off = { byName: offByName ?? '', until: offUntil, reason: offReason ?? '' }
  const facts = {
    off,
    ...(await countRanges(tx, accountId, now)),
    url: `${env().APP_URL}${PATHS.ipAllowlist}`,
  }
  const about = { accountId, kind: 'allowlist-switched', except: [] } as const
  await tellManagers(tx, about, (accountName) => allowlistResumedNotice({ ...facts, accountName }), now)
  return true
}

/** How many ranges are in force, and whether there are any at all. */
export async function countRanges(
  tx: Transaction,
  accountId: string,
  now: Date,
): Promise<{ ranges: number; hasRanges: boolean }> {
  const inForce = { accountId, enabled: true, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
  const ranges = await tx.range.count({ where: inForce })
  return { ranges, hasRanges: ranges > 0 || (await tx.range.count({ where: { accountId } })) > 0 }
}
