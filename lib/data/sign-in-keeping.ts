import { type Actor, requirePermitted } from '../core/permissions'
import { SIGN_INS_KEPT_DEFAULT_DAYS } from '../core/sign-in-listing'
import { requireStillPermitted } from './agent-rows'
import { recordAudit } from './audit'
import { database, lockAccount, transact } from './database'

const DAY_MS = 24 * 60 * 60 * 1000

/** How many days the account keeps its attempts to sign in. */
export async function readSignInsKeptDays(actor: Actor): Promise<number> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const account = await database().account.findUniqueOrThrow({
    where: { id: actor.accountId },
    select: { signInsKeptDays: true },
  })
  return account.signInsKeptDays ?? SIGN_INS_KEPT_DEFAULT_DAYS
}

/** Sets for how many days attempts are kept; older ones go with the next housekeeping. */
export async function setSignInsKeptDays(actor: Actor, days: number): Promise<'changed' | 'unchanged'> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  return transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    const current = await requireStillPermitted(tx, actor, 'MANAGE_SECURITY')
    const account = await tx.account.findUniqueOrThrow({ where: { id: actor.accountId } })
    const before = account.signInsKeptDays ?? SIGN_INS_KEPT_DEFAULT_DAYS
    if (before === days) return 'unchanged'
    await tx.account.update({ where: { id: account.id }, data: { signInsKeptDays: days } })
    await recordAudit(tx, current, {
      action: 'account.log_kept_changed',
      subject: { type: 'account', id: account.id, name: account.name },
      before: { days: before },
      after: { days },
    })
    return 'changed'
  })
}

const BATCH = 500

/**
 * Drops attempts that are older than their account keeps them, a few hundred at a time, each in a transaction of its own,
 * so that nobody who signs in waits for it. Answers how many went; `atMost` bounds what one call does for an account.
 */
export async function dropOldSignIns(now: Date, atMost = 50_000): Promise<number> {
  const accounts = await database().account.findMany({ select: { id: true, signInsKeptDays: true } })
  let dropped = 0
  for (const { id, signInsKeptDays } of [...accounts, { id: null, signInsKeptDays: null }]) {
    const days = signInsKeptDays ?? SIGN_INS_KEPT_DEFAULT_DAYS
    const until = new Date(now.getTime() - days * DAY_MS)
    for (let left = atMost; left > 0; left -= BATCH) {
      const count = await dropBatch(id, until)
      dropped += count
      if (count < BATCH) break
    }
  }
  return dropped
}

async function dropBatch(accountId: string | null, until: Date): Promise<number> {
  const old = await database().signInEvent.findMany({
    where: { accountId, at: { lt: until } },
    orderBy: { at: 'asc' },
    select: { id: true },
    take: BATCH,
  })
  if (old.length === 0) return 0
  const { count } = await transact((tx) =>
    tx.signInEvent.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } }),
  )
  return count
}
