import type { Address } from '../core/address'
import type { NewAccount } from '../core/agent-schemas'
import type { PasswordProblem } from '../core/password-rules'
import type { Actor } from '../core/permissions'
import { recordAudit } from './audit'
import { findPasswordProblem } from './common-passwords'
import { database, isUniqueViolation, type Transaction, transact } from './database'
import { hashPassword } from './passwords'

/** True until the first account was made, by whatever way. */
export async function isSetupOpen(): Promise<boolean> {
  const db = database()
  return (await db.installation.count()) === 0 && (await db.account.count()) === 0
}

/**
 * Makes the first account with its first admin. Whoever claims the one Installation row has made it: of any number
 * of people racing here exactly one is answered 'created', and nobody once an account exists.
 */
export async function createFirstAccount(
  input: NewAccount,
  from: { address: Address | null },
): Promise<'created' | 'closed' | PasswordProblem> {
  if (!(await isSetupOpen())) return 'closed'
  const problem = await findPasswordProblem(input.password, textsOf(input))
  if (problem) return problem
  const passwordHash = await hashPassword(input.password)
  return transact(async (tx) => {
    if (!(await claimInstallation(tx)) || (await tx.account.count()) > 0) return 'closed'
    await insertAccount(tx, { ...input, passwordHash }, { via: 'web', address: from.address })
    return 'created'
  })
}

/**
 * Makes one more account with its first admin; for the operator. Closes the set-up page for good. A temporary password
 * has to be changed at the first sign-in.
 */
export async function createAccount(
  input: NewAccount,
  options: { isDemo?: boolean; passwordTemporary?: boolean } = {},
): Promise<{ accountId: string; agentId: string } | 'email-taken' | PasswordProblem> {
  const problem = await findPasswordProblem(input.password, textsOf(input))
  if (problem) return problem
  const passwordHash = await hashPassword(input.password)
  try {
    return await transact(async (tx) => {
      await claimInstallation(tx)
      return insertAccount(tx, { ...input, ...options, passwordHash }, { via: 'cli', address: null })
    })
  } catch (error) {
    if (isUniqueViolation(error)) return 'email-taken'
    throw error
  }
}

/** What everybody knows about the first admin, so that no password is made of it. */
function textsOf({ accountName, name, email }: NewAccount): string[] {
  return [accountName, name, email]
}

/** True for the one caller that came first, ever. Others wait until the first one's transaction is over. */
async function claimInstallation(tx: Transaction): Promise<boolean> {
  const inserted = await tx.$executeRaw`
    INSERT INTO "Installation" ("id", "createdAt") VALUES (1, ${new Date()}) ON CONFLICT ("id") DO NOTHING`
  return inserted === 1
}

type AccountRows = Omit<NewAccount, 'password'> & {
  passwordHash: string
  isDemo?: boolean
  passwordTemporary?: boolean
}

async function insertAccount(tx: Transaction, input: AccountRows, origin: Pick<Actor, 'via' | 'address'>) {
  const { accountName, name, email, passwordHash, isDemo = false, passwordTemporary = false } = input
  const account = await tx.account.create({ data: { name: accountName, isDemo }, select: { id: true } })
  const admin = await tx.agent.create({
    data: { accountId: account.id, name, email, passwordHash, passwordTemporary, role: 'ADMIN' },
    select: { id: true },
  })
  const actor: Actor =
    origin.via === 'cli'
      ? operatorOf(account.id)
      : { ...operatorOf(account.id), ...origin, agentId: admin.id, name }
  await recordAudit(tx, actor, {
    action: 'account.created',
    subject: { type: 'account', id: account.id, name: accountName },
    after: { name: accountName },
  })
  await recordAudit(tx, actor, {
    action: 'agent.added',
    subject: { type: 'agent', id: admin.id, name },
    after: { email, role: 'ADMIN' },
  })
  return { accountId: account.id, agentId: admin.id }
}

/** The operator at the command line, who may do everything in the account. */
export function operatorOf(accountId: string): Actor {
  return {
    accountId,
    agentId: null,
    name: 'Operator',
    role: 'ADMIN',
    managesSecurity: true,
    managesAgents: true,
    via: 'cli',
    address: null,
  }
}

/** Gatehouse itself, for what nobody does. */
export function systemOf(accountId: string): Actor {
  return { ...operatorOf(accountId), name: 'Gatehouse', via: 'system' }
}

export interface AccountSummary {
  id: string
  name: string
  isDemo: boolean
  createdAt: Date
}

const SUMMARY = { id: true, name: true, isDemo: true, createdAt: true } as const

/** All accounts, oldest first; for the operator. */
export async function listAccounts(): Promise<AccountSummary[]> {
  return database().account.findMany({ select: SUMMARY, orderBy: { createdAt: 'asc' } })
}

/** The one account of this installation; null when there are several, or none yet. */
export async function findOnlyAccount(): Promise<string | null> {
  const found = await database().account.findMany({ select: { id: true }, take: 2 })
  return found.length === 1 ? (found[0]?.id ?? null) : null
}

/** The account with that id, else the only one with that name; null when none or several have it. */
export async function findAccount(idOrName: string): Promise<AccountSummary | null> {
  const found = await database().account.findMany({
    where: { OR: [{ id: idOrName }, { name: idOrName }] },
    select: SUMMARY,
    take: 2,
  })
  return found.find((account) => account.id === idOrName) ?? (found.length === 1 ? (found[0] ?? null) : null)
}
