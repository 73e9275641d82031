import { Prisma } from '@/prisma/generated/sqlite/client/client'
import { type Actor, requirePermitted } from '../core/permissions'
import { SIGN_INS_KEPT_DEFAULT_DAYS } from '../core/sign-in-listing'
import { requireStillPermitted } from './agent-rows'
import { recordAudit } from './audit'
import { database, lockAccount, transact } from './database'
import { type Bounds, dropRows } from './dropping'
import { eachInTurn } from './each-in-turn'

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

/**
 * Drops attempts that are older than their account keeps them; of those that belong to no account, than an account does
 * unless told otherwise. One account that can't be read holds up no other. Answers how many went; `atMost` bounds what one
 * call does for an account.
 */
export async function dropOldSignIns(now: Date, bounds?: Bounds): Promise<number> {
  const accounts = await database().account.findMany({ select: { id: true, signInsKeptDays: true } })
  let dropped = 0
  await eachInTurn([...accounts, { id: null, signInsKeptDays: null }], async ({ id, signInsKeptDays }) => {
    const days = signInsKeptDays ?? SIGN_INS_KEPT_DEFAULT_DAYS
    const until = new Date(now.getTime() - days * DAY_MS)
    const whose = id === null ? Prisma.sql`"accountId" IS NULL` : Prisma.sql`"accountId" = ${id}`
    dropped += await dropRows(
      { table: 'SignInEvent', where: Prisma.sql`${whose} AND "at" < ${until}` },
      bounds,
    )
  })
  return dropped
}
