import { type Actor, requirePermitted } from '../core/permissions'
import { isProofRecent } from '../core/session'
import { requireStillPermitted } from './agent-rows'
import { recordAudit } from './audit'
import { database, lockAccount, transact } from './database'

/** Whether the account demands a second factor of its admins, and who has none. */
export interface FactorRequirement {
  isRequired: boolean
  admins: number
  /** Active admins without one, by name. */
  without: { id: string; name: string }[]
}

export async function readFactorRequirement(actor: Actor): Promise<FactorRequirement> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  const { accountId } = actor
  const account = await database().account.findUniqueOrThrow({ where: { id: accountId } })
  const isAdmin = { accountId, role: 'ADMIN', enabled: true } as const
  const without = await database().agent.findMany({
    where: {
      ...isAdmin,
      passkeys: { none: {} },
      OR: [{ totpFactor: null }, { totpFactor: { confirmedAt: null } }],
    },
    select: { id: true, name: true },
    orderBy: { name: 'asc' },
  })
  return {
    isRequired: account.adminsNeedFactor,
    admins: await database().agent.count({ where: isAdmin }),
    without,
  }
}

/**
 * Demands a second factor of the account's admins from their next sign-in on, or no longer. Ending it lets more people in
 * with less, so it needs a password that was proven a moment ago.
 */
export async function setFactorRequired(
  actor: Actor,
  { required, provenAt }: { required: boolean; provenAt: Date | null },
  now = new Date(),
): Promise<'changed' | 'unchanged' | 'prove-again'> {
  requirePermitted(actor, 'MANAGE_SECURITY')
  return transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    const current = await requireStillPermitted(tx, actor, 'MANAGE_SECURITY')
    const account = await tx.account.findUniqueOrThrow({ where: { id: actor.accountId } })
    if (account.adminsNeedFactor === required) return 'unchanged'
    const isProven = provenAt !== null && isProofRecent(provenAt.getTime(), now.getTime())
    if (!required && actor.via === 'web' && !isProven) return 'prove-again'
    await tx.account.update({ where: { id: account.id }, data: { adminsNeedFactor: required } })
    await recordAudit(tx, current, {
      action: required ? 'account.factor_required' : 'account.factor_released',
      subject: { type: 'account', id: account.id, name: account.name },
    })
    return 'changed'
  })
}
