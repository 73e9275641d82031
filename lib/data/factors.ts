import type { Actor } from '../core/permissions'
import { database, type Transaction } from './database'

/** Whether somebody has a second factor in force. Recovery codes alone are none. */
export async function hasFactor(
  from: Pick<Transaction, 'totpFactor' | 'passkey'>,
  agentId: string,
): Promise<boolean> {
  const totp = await from.totpFactor.count({ where: { agentId, confirmedAt: { not: null } } })
  return totp > 0 || (await from.passkey.count({ where: { agentId } })) > 0
}

/** Which second factors somebody can answer with. */
export interface FactorKinds {
  totp: boolean
  passkeys: boolean
  codes: boolean
}

/** The kinds of second factor of an agent, or null when there is none in force. */
export async function findFactorKinds(agentId: string): Promise<FactorKinds | null> {
  const totp = (await database().totpFactor.count({ where: { agentId, confirmedAt: { not: null } } })) > 0
  const passkeys = (await database().passkey.count({ where: { agentId } })) > 0
  if (!totp && !passkeys) return null
  const codes = (await database().recoveryCode.count({ where: { agentId, usedAt: null } })) > 0
  return { totp, passkeys, codes }
}

/** The actor's own second factors, for the screen. */
export interface OwnFactors {
  totpSince: Date | null
  passkeys: { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }[]
  codesLeft: number
  /** The account demands a second factor of this person, so the last one can't be removed. */
  isRequired: boolean
}

export async function listOwnFactors(actor: Actor): Promise<OwnFactors> {
  const agentId = actor.agentId ?? ''
  const totp = await database().totpFactor.findFirst({ where: { agentId, confirmedAt: { not: null } } })
  const passkeys = await database().passkey.findMany({
    where: { agentId },
    select: { id: true, name: true, createdAt: true, lastUsedAt: true },
    orderBy: { createdAt: 'asc' },
  })
  const codesLeft = await database().recoveryCode.count({ where: { agentId, usedAt: null } })
  const isRequired = await needsFactor(database(), actor)
  return { totpSince: totp?.confirmedAt ?? null, passkeys, codesLeft, isRequired }
}

/** Whether the account demands a second factor of this person. */
export function isFactorRequired(person: Pick<Actor, 'accountId' | 'role'>): Promise<boolean> {
  return needsFactor(database(), person)
}

/** The same within a transaction. */
export async function needsFactor(
  from: Pick<Transaction, 'account'>,
  { accountId, role }: Pick<Actor, 'accountId' | 'role'>,
): Promise<boolean> {
  if (role !== 'ADMIN') return false
  const account = await from.account.findUnique({
    where: { id: accountId },
    select: { adminsNeedFactor: true },
  })
  return account?.adminsNeedFactor ?? false
}
