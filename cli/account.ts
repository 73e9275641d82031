import type { Actor } from '@/lib/core/permissions'
import { type AccountSummary, findAccount, listAccounts, operatorOf } from '@/lib/data/accounts'
import type { Given } from './command'
import { PROGRAM } from './help'
import { Problem, UsageProblem } from './problem'
import { requireDatabase } from './ready'

/** The account that `--account` names, or the only one; throws a Problem that lists the choices. */
export async function requireAccount(given: Given): Promise<AccountSummary> {
  await requireDatabase()
  const wanted = given.text('account')
  const accounts = await listAccounts()
  if (accounts.length === 0)
    throw new Problem(`There is no account yet. Make one with "${PROGRAM} account create".`)
  if (wanted !== undefined) return (await findAccount(wanted)) ?? unknownAccount(wanted, accounts)
  const [only] = accounts
  if (only && accounts.length === 1) return only
  throw new UsageProblem(`There are several accounts; add --account with one of: ${choices(accounts)}.`)
}

/** The operator, acting in that account. */
export async function requireOperator(given: Given): Promise<{ account: AccountSummary; operator: Actor }> {
  const account = await requireAccount(given)
  return { account, operator: operatorOf(account.id) }
}

function unknownAccount(wanted: string, accounts: readonly AccountSummary[]): never {
  if (accounts.filter((account) => account.name === wanted).length > 1)
    throw new UsageProblem(`Several accounts are called "${wanted}"; use an id: ${choices(accounts)}.`)
  throw new Problem(`There is no account "${wanted}". There are: ${choices(accounts)}.`)
}

function choices(accounts: readonly AccountSummary[]): string {
  return accounts
    .slice(0, 20)
    .map((account) => `"${account.name}" (${account.id})`)
    .join(', ')
}
