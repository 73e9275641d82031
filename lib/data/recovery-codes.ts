import { randomBytes } from 'node:crypto'
import type { Actor } from '../core/permissions'
import { formatRecoveryCode, RECOVERY_CODES } from '../core/second-factor'
import { recordAudit } from './audit'
import { database, lockAccount, type Transaction, transact } from './database'
import { hasFactor } from './factors'
import { hashWithSalt } from './passwords'

/** Codes as they are shown once, with what is stored of them. */
export interface RecoveryCodes {
  codes: string[]
  rows: { salt: string; codeHash: string }[]
}

/** Ten new codes. Hashing takes a moment, so it happens before the transaction that stores them. */
export async function newRecoveryCodes(): Promise<RecoveryCodes> {
  const salt = randomBytes(16).toString('base64')
  const codes = Array.from({ length: RECOVERY_CODES }, newCode)
  const rows = await Promise.all(
    codes.map(async (code) => ({ salt, codeHash: await hashWithSalt(plain(code), salt) })),
  )
  return { codes, rows }
}

function newCode(): string {
  for (;;) {
    const code = formatRecoveryCode(randomBytes(32))
    if (code) return code
  }
}

/** As it is hashed: without dashes. */
function plain(code: string): string {
  return code.replaceAll('-', '')
}

/** Stores these codes in place of all earlier ones. */
export async function replaceRecoveryCodes(
  tx: Transaction,
  { accountId, agentId }: { accountId: string; agentId: string },
  { rows }: RecoveryCodes,
): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { agentId } })
  await tx.recoveryCode.createMany({ data: rows.map((row) => ({ ...row, accountId, agentId })) })
}

/** New codes for somebody who has a second factor; the earlier ones stop working. They are returned here, once. */
export async function remakeRecoveryCodes(actor: Actor): Promise<string[] | 'no-factor'> {
  const { accountId, agentId, name } = actor
  if (!agentId) return 'no-factor'
  const made = await newRecoveryCodes()
  return transact(async (tx) => {
    await lockAccount(tx, accountId)
    if (!(await hasFactor(tx, agentId))) return 'no-factor'
    await replaceRecoveryCodes(tx, { accountId, agentId }, made)
    await recordAudit(tx, actor, {
      action: 'factor.codes_made',
      subject: { type: 'agent', id: agentId, name },
    })
    return made.codes
  })
}

/** Spends a recovery code (without dashes, lower case): true for the one who did. */
export async function spendRecoveryCode(actor: Actor, code: string, now: Date): Promise<boolean> {
  const agentId = actor.agentId ?? ''
  const any = await database().recoveryCode.findFirst({ where: { agentId }, select: { salt: true } })
  if (!any) return false
  const codeHash = await hashWithSalt(code, any.salt)
  return transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    const { count } = await tx.recoveryCode.updateMany({
      where: { agentId, codeHash, usedAt: null },
      data: { usedAt: now },
    })
    if (count !== 1) return false
    const left = await tx.recoveryCode.count({ where: { agentId, usedAt: null } })
    await recordAudit(tx, actor, {
      action: 'factor.code_used',
      subject: { type: 'agent', id: agentId, name: actor.name },
      after: { left },
    })
    return true
  })
}
