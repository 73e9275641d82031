import { isOnAt } from '../core/time-off'
import { isOverdue } from '../core/unconfirmed'
import { database, lockAccount, type Transaction, transact } from './database'
import { eachInTurn } from './each-in-turn'
import { endTimeOff } from './time-off'
import { revertOverdue } from './unconfirmed'

/** What an account's row says about what ends by itself. */
interface Ending {
  id: string
  revertAt: Date | null
}

/**
 * Does in one account what its time has come for: a list that was off for a time is on, changes that nobody confirmed are
 * undone. Every change and every decision about a list begins with it. Answers how much it was; of any number who settle
 * at once, one does each.
 */
export async function settleAccount(tx: Transaction, accountId: string, now: Date): Promise<number> {
  await lockAccount(tx, accountId)
  const ended = (await endTimeOff(tx, accountId, now)) ? 1 : 0
  return ended + (await revertOverdue(tx, accountId, now))
}

/** The same in every account, also where one of them can't be settled: that is thrown at the end. */
export async function settleAccounts(now = new Date()): Promise<number> {
  const nowMs = now.getTime()
  const timed = await database().account.findMany({
    where: { OR: [{ offUntil: { not: null } }, { revertAt: { not: null } }] },
    select: { id: true, allowlistEnabled: true, offUntil: true, revertAt: true },
  })
  const due = timed.filter(
    (account) => (account.offUntil && isOnAt(account, nowMs)) || isRevertDue(account, now),
  )
  let settled = 0
  await eachInTurn(due, async ({ id }) => {
    settled += await transact((tx) => settleAccount(tx, id, now))
  })
  return settled
}

/**
 * What `read` reads, once nothing is overdue in its account: a change that should be undone by now is undone first, and
 * where it can't be, nothing is answered.
 */
export async function readSettled<T>(
  read: () => Promise<T | null>,
  accountOf: (row: T) => Ending,
  now: Date,
): Promise<T | null> {
  const row = await read()
  const account = row && accountOf(row)
  if (!account || !isRevertDue(account, now)) return row
  await transact((tx) => settleAccount(tx, account.id, now))
  return read()
}

function isRevertDue({ revertAt }: Ending, now: Date): boolean {
  return revertAt !== null && isOverdue(revertAt.getTime(), now.getTime())
}
