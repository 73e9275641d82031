import { type Address, formatAddress } from '../core/address'
import type { NoticeKind } from '../core/notices'
import { holdEveryAddress, WHOLE_FAMILIES } from '../core/openness'
import { PATHS } from '../core/paths'
import { env } from '../env'
import {
  allowlistEmptiedNotice,
  allowlistOpenedNotice,
  allowlistSwitchedNotice,
  type ListChange,
} from '../mail/allowlist-notices'
import type { Notice } from '../mail/notice'
import type { Change } from './allowlist-change'
import type { Transaction } from './database'
import { tellManagers } from './notices'
import { countRanges } from './time-off'

/** Tells the others that the list was turned on or off. */
export async function tellOfSwitch(
  change: Change,
  facts: Pick<Parameters<typeof allowlistSwitchedNotice>[0], 'enabled' | 'ending' | 'confirmUntil'>,
): Promise<void> {
  const { tx, actor, now } = change
  await tell(change, 'allowlist-switched', async (known) =>
    allowlistSwitchedNotice({ ...known, ...facts, ...(await countRanges(tx, actor.accountId, now)) }),
  )
}

/** Whom the list holds back, apart from the switch. */
export interface Openness {
  isEmpty: boolean
  /** Families of which the ranges in force hold every address. */
  families: readonly (4 | 6)[]
}

/** Tells the others when a change emptied the list, or opened it to every address of a family. */
export async function tellOfOpening(change: Change, before: Openness): Promise<void> {
  const { tx, actor, now } = change
  const after = await findOpenness(tx, actor.accountId, now)
  const families = after.families.filter((family) => !before.families.includes(family))
  const isEmptied = after.isEmpty && !before.isEmpty
  if (!isEmptied && families.length === 0) return
  const { allowlistEnabled: enabled } = await tx.account.findUniqueOrThrow({ where: { id: actor.accountId } })
  if (isEmptied)
    await tell(change, 'allowlist-emptied', (facts) => allowlistEmptiedNotice({ ...facts, enabled }))
  if (families.length > 0)
    await tell(change, 'allowlist-opened', (facts) => allowlistOpenedNotice({ ...facts, enabled, families }))
}

/** How open the list is in this transaction. Many ranges are read only where one begins with the first address of all. */
export async function findOpenness(tx: Transaction, accountId: string, now: Date): Promise<Openness> {
  const families: (4 | 6)[] = []
  for (const family of [4, 6] as const)
    if (await isOpenTo(tx, family, inForce(accountId, now))) families.push(family)
  const isEmpty = (await tx.range.findFirst({ where: { accountId }, select: { id: true } })) === null
  return { isEmpty, families }
}

async function isOpenTo(tx: Transaction, family: 4 | 6, where: ReturnType<typeof inForce>): Promise<boolean> {
  const { start, end } = WHOLE_FAMILIES[family]
  const begins = await tx.range.findFirst({ where: { ...where, start }, select: { id: true } })
  if (!begins) return false
  const rows = await tx.range.findMany({
    where: { ...where, start: { gte: start, lte: end } },
    select: { start: true, end: true },
  })
  return holdEveryAddress(family, rows as { start: Address; end: Address }[])
}

function inForce(accountId: string, now: Date) {
  return { accountId, enabled: true, OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] }
}

async function tell(
  { tx, actor, now }: Change,
  kind: NoticeKind,
  write: (facts: ListChange) => Notice | Promise<Notice>,
): Promise<void> {
  const facts = {
    actorName: actor.name,
    address: actor.address && formatAddress(actor.address),
    via: actor.via === 'cli' ? 'the command line' : 'the web',
    at: now,
    url: `${env().APP_URL}${PATHS.ipAllowlist}`,
  }
  const about = { accountId: actor.accountId, kind, except: [actor.agentId] }
  await tellManagers(tx, about, (accountName) => write({ ...facts, accountName }), now)
}
