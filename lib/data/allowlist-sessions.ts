import type { Address } from '../core/address'
import { type Allowlist, decide } from '../core/allowlist'
import { compileLookup } from '../core/lookup'
import { type Actor, requirePermitted } from '../core/permissions'
import type { AccountSwitches } from './account-switches'
import { judge } from './allowlist-reading'
import { recordAudits } from './audit'
import { database, type Transaction } from './database'
import { livingSessions } from './living'
import { readEntries } from './range-entries'

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
  const allowlist = await readListOn(tx, actor.accountId)
  const outside = rows.filter(({ surface, lastAddress, address }) => {
    const question = { surface, address: (lastAddress ?? address) as Address | null, nowMs: now.getTime() }
    return !decide({ ...question, allowlist }).admit
  })
  const ids = outside.map(({ id }) => id)
  const data = { endedAt: now, endedBecause: 'outside-list' }
  await tx.session.updateMany({ where: { id: { in: ids } }, data })
  const changes = outside.map(({ id, agent }) => ({
    action: 'session.ended' as const,
    subject: { type: 'session', id, name: agent.name },
    after: { because: 'outside-list' },
  }))
  await recordAudits(tx, actor, changes)
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

/** The whole list as it is in this transaction, as if it were on: sessions may be at thousands of addresses. */
async function readListOn(tx: Transaction, accountId: string): Promise<Allowlist> {
  const entries = (await readEntries(accountId, Number.POSITIVE_INFINITY, tx)) ?? []
  return { enabled: true, mobileEnforced: false, ranges: compileLookup(entries) }
}
