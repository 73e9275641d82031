import type { Address } from '../core/address'
import { type Actor, requirePermitted } from '../core/permissions'
import type { AccountSwitches } from './account-switches'
import { judgeAround } from './allowlist-around'
import { judge } from './allowlist-reading'
import { recordAudit } from './audit'
import { database, type Transaction } from './database'
import { livingSessions } from './living'

/** Running web sessions at addresses that the list would refuse if it were on. */
export interface SessionsOutside {
  sessions: number
  /** Whose they are, by name; each once. */
  people: readonly string[]
}

/**
 * Who would be outside if the list as it is were on, without the session `exceptId` that asks. Judged on the compiled
 * list: cheap, for a screen.
 */
export async function findSessionsOutside(
  actor: Actor,
  switches: AccountSwitches,
  exceptId: string | null,
  nowMs: number,
): Promise<SessionsOutside> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const rows = await liveSessions(database(), actor.accountId, exceptId, nowMs)
  const outside: typeof rows = []
  for (const row of rows) {
    const question = {
      surface: row.surface,
      address: (row.lastAddress ?? row.address) as Address | null,
      nowMs,
    } as const
    if (!(await judge({ ...switches, allowlistEnabled: true }, question)).admit) outside.push(row)
  }
  return { sessions: outside.length, people: [...new Set(outside.map((row) => row.agent.name))] }
}

/** Ends the running web sessions that the list refuses as it is in this transaction; answers how many. */
export async function endSessionsOutside(
  tx: Transaction,
  actor: Actor,
  exceptId: string | null,
): Promise<number> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const now = new Date()
  const rows = await liveSessions(tx, actor.accountId, exceptId, now.getTime())
  const admitted = new Map<string | null, boolean>()
  const outside: typeof rows = []
  for (const row of rows) {
    const address = (row.lastAddress ?? row.address) as Address | null
    if (!admitted.has(address)) admitted.set(address, await isAdmitted(tx, actor.accountId, address, now))
    if (!admitted.get(address)) outside.push(row)
  }
  const ids = outside.map(({ id }) => id)
  const data = { endedAt: now, endedBecause: 'outside-list' }
  await tx.session.updateMany({ where: { id: { in: ids } }, data })
  for (const row of outside)
    await recordAudit(tx, actor, {
      action: 'session.ended',
      subject: { type: 'session', id: row.id, name: row.agent.name },
      after: { because: 'outside-list' },
    })
  return outside.length
}

async function liveSessions(tx: Transaction, accountId: string, exceptId: string | null, nowMs: number) {
  return tx.session.findMany({
    where: {
      accountId,
      ...livingSessions(nowMs),
      ...(exceptId ? { id: { not: exceptId } } : {}),
    },
    select: { id: true, surface: true, address: true, lastAddress: true, agent: { select: { name: true } } },
  })
}

/** Whether the list would admit somebody there if it were on. */
async function isAdmitted(
  tx: Transaction,
  accountId: string,
  address: Address | null,
  now: Date,
): Promise<boolean> {
  const on = { id: accountId, allowlistEnabled: true, mobileEnforced: false }
  const question = { surface: 'CONTROL_PANEL', address, nowMs: now.getTime() } as const
  return (await judgeAround(tx, on, question)).admit
}
