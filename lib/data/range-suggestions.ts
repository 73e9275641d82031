import type { Address } from '../core/address'
import type { Actor } from '../core/permissions'
import { requirePermitted } from '../core/permissions'
import { formatRange, type Range } from '../core/range'
import { type Suggestions, suggestRanges } from '../core/suggested-ranges'
import { requireStillPermitted } from './agent-rows'
import { readAllowlist, readSwitches } from './allowlist-reading'
import { recordAudit } from './audit'
import { database, lockAccount, transact } from './database'
import type { RecentSignIns } from './recent-sign-ins'

/** More dismissals than these are not heeded, the oldest first. */
const DISMISSALS_MAX = 1_000

/** What recent sign-ins suggest to put on the account's list, without what was dismissed. */
export async function suggestForAccount(
  actor: Actor,
  { signIns }: RecentSignIns,
  now = new Date(),
): Promise<Suggestions> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const { accountId } = actor
  const switches = await readSwitches(accountId)
  if (!switches) throw new Error('The account of a signed-in agent is missing.')
  const { ranges } = await readAllowlist(switches)
  const dismissed = await database().dismissedSuggestion.findMany({
    where: { accountId },
    select: { start: true, end: true },
    orderBy: { id: 'desc' },
    take: DISMISSALS_MAX,
  })
  return suggestRanges(signIns, {
    isListed: (address) => ranges.findAddress(address, now.getTime()) !== null,
    dismissed: dismissed.map(({ start, end }) => ({ start: start as Address, end: end as Address })),
    isMobileAsked: switches.mobileEnforced,
  })
}

/** Remembers that this range is not wanted: neither it nor an address of it is suggested again. Throws NotPermitted. */
export async function dismissSuggestion(actor: Actor, range: Range): Promise<void> {
  await transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    const current = await requireStillPermitted(tx, actor, 'MANAGE_SECURITY')
    const { accountId, agentId, name } = current
    const which = { accountId, start: range.start, end: range.end }
    if (await tx.dismissedSuggestion.findUnique({ where: { accountId_start_end: which } })) return
    const row = await tx.dismissedSuggestion.create({
      data: { ...which, dismissedById: agentId, dismissedByName: name },
    })
    await recordAudit(tx, current, {
      action: 'suggestion.dismissed',
      subject: { type: 'suggestion', id: row.id, name: formatRange(range) },
    })
  })
}
