import type { Actor } from '../core/permissions'
import { database, type Transaction } from './database'

/** Whether somebody has a second factor in force. Recovery codes alone are none. */
export async function hasFactor(from: Reader, agentId: string): Promise<boolean> {
  const { totp, passkeys } = await countFactors(from, agentId)
  return totp + passkeys > 0
}

type Reader = Pick<Transaction, '$queryRaw'>

/** One statement, since every sign-in asks. */
async function countFactors(from: Reader, agentId: string) {
  const [row] = await from.$queryRaw<Record<'totp' | 'passkeys' | 'codes', number | bigint>[]>`
    SELECT (SELECT COUNT(*) FROM "TotpFactor" WHERE "agentId" = ${agentId} AND "confirmedAt" IS NOT NULL) AS "totp",
           (SELECT COUNT(*) FROM "Passkey" WHERE "agentId" = ${agentId}) AS "passkeys",
           (SELECT COUNT(*) FROM "RecoveryCode" WHERE "agentId" = ${agentId} AND "usedAt" IS NULL) AS "codes"`
  if (!row) throw new Error('The database did not count.')
  return { totp: Number(row.totp), passkeys: Number(row.passkeys), codes: Number(row.codes) }
}

/** Which second factors somebody can answer with. */
export interface FactorKinds {
  totp: boolean
  passkeys: boolean
  codes: boolean
}

/** The kinds of second factor of an agent, or null when there is none in force. */
export async function findFactorKinds(agentId: string): Promise<FactorKinds | null> {
  const { totp, passkeys, codes } = await countFactors(database(), agentId)
  if (totp + passkeys === 0) return null
  return { totp: totp > 0, passkeys: passkeys > 0, codes: codes > 0 }
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
