import { formatAddress } from '@/lib/core/address'
import type { Rights } from '@/lib/core/permissions'
import { operatorOf } from '@/lib/data/accounts'
import { changeAgent, setAgentEnabled } from '@/lib/data/agents'
import { bumpVersion } from '@/lib/data/allowlist'
import { database, transact } from '@/lib/data/database'

export interface Switches {
  allowlistEnabled?: boolean
  mobileEnforced?: boolean
  checkEveryRequest?: boolean
}

/** Sets switches of an account without any question, mail or audit row. */
export async function setSwitches(accountId: string, to: Switches): Promise<void> {
  await transact(async (tx) => {
    await tx.account.update({ where: { id: accountId }, data: to })
    await bumpVersion(tx, accountId)
  })
}

/** Changes somebody's name, role or permissions, disables or enables them, as the operator would. */
export async function setAgent(
  agentId: string,
  to: { enabled?: boolean; name?: string } & Partial<Rights>,
): Promise<void> {
  const agent = await database().agent.findUniqueOrThrow({ where: { id: agentId } })
  const operator = operatorOf(agent.accountId)
  const outcomes: unknown[] = []
  const { enabled, ...changes } = to
  if (Object.keys(changes).length > 0)
    outcomes.push(await changeAgent(operator, { ...agent, ...changes, agentId }))
  if (enabled !== undefined) outcomes.push(await setAgentEnabled(operator, agentId, enabled))
  for (const outcome of outcomes) if (typeof outcome === 'string') throw new Error(outcome)
}

/** Lets time pass for the authorization links of an agent, and for nothing else. */
export async function passForLinks(agentId: string, ms: number): Promise<void> {
  await transact(async (tx) => {
    const earlier = (at: Date) => new Date(at.getTime() - ms)
    for (const link of await tx.authorizationLink.findMany({ where: { agentId } }))
      await tx.authorizationLink.update({
        where: { id: link.id },
        data: {
          requestedAt: earlier(link.requestedAt),
          sentAt: link.sentAt && earlier(link.sentAt),
          expiresAt: earlier(link.expiresAt),
        },
      })
  })
}

/** The time has come to try the postponed mail of an account again. */
export async function passForMail(accountId: string): Promise<void> {
  await transact((tx) =>
    tx.outboxMail.updateMany({ where: { accountId, sentAt: null }, data: { nextAttemptAt: new Date() } }),
  )
}

/** Five minutes have passed for what people of an account are still to be told. */
export async function passForNotices(accountId: string): Promise<void> {
  await transact(async (tx) => {
    const agents = await tx.agent.findMany({ where: { accountId }, select: { id: true } })
    const claims = agents.map(({ id }) => ({ key: { startsWith: `notice:${id}:` } }))
    await tx.rateLimit.updateMany({ where: { OR: claims }, data: { blockedUntil: new Date(0) } })
    await tx.notice.updateMany({ where: { accountId }, data: { dueAt: new Date(0) } })
  })
}

/** A minute has passed for the mail of an account that somebody claimed. */
export async function passForClaims(accountId: string): Promise<void> {
  await transact((tx) =>
    tx.outboxMail.updateMany({ where: { accountId, sentAt: null }, data: { claimedUntil: new Date(0) } }),
  )
}

/** The time that the list of an account is off for is over. */
export async function passForTimeOff(accountId: string): Promise<void> {
  const offUntil = new Date(Date.now() - 1000)
  await transact((tx) =>
    tx.account.updateMany({ where: { id: accountId, offUntil: { not: null } }, data: { offUntil } }),
  )
}

/** The time to confirm the changes of an account is over. */
export async function passForConfirmation(accountId: string): Promise<void> {
  const past = new Date(Date.now() - 1000)
  await transact(async (tx) => {
    await tx.unconfirmedChange.updateMany({ where: { accountId }, data: { dueAt: past } })
    await tx.account.updateMany({
      where: { id: accountId, revertAt: { not: null } },
      data: { revertAt: past },
    })
  })
}

/** The end of a range has come; nobody can enter one that is over. */
export async function expireRange(accountId: string, start: string): Promise<void> {
  await change(accountId, start, { expiresAt: new Date(Date.now() - 1000) })
}

const DAY_MS = 24 * 60 * 60 * 1000

/** Makes a range as time, or somebody else, would have made it. */
export async function setRange(
  accountId: string,
  start: string,
  to: { addedDaysAgo?: number; expiresInDays?: number; enabled?: boolean },
): Promise<void> {
  const { addedDaysAgo, expiresInDays, enabled } = to
  await change(accountId, start, {
    ...(enabled === undefined ? {} : { enabled }),
    ...(addedDaysAgo ? { createdAt: new Date(Date.now() - addedDaysAgo * DAY_MS) } : {}),
    ...(expiresInDays ? { expiresAt: new Date(Date.now() + expiresInDays * DAY_MS) } : {}),
  })
}

async function change(
  accountId: string,
  start: string,
  data: { enabled?: boolean; createdAt?: Date; expiresAt?: Date },
): Promise<void> {
  await transact(async (tx) => {
    const rows = await tx.range.findMany({ where: { accountId } })
    const row = rows.find((one) => formatAddress(one.start as never) === start)
    if (!row) throw new Error(`No range begins at ${start}.`)
    await tx.range.update({ where: { id: row.id }, data })
    await bumpVersion(tx, accountId)
  })
}
