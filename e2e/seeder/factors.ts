import { TOTP } from 'otpauth'
import { operatorOf } from '@/lib/data/accounts'
import { database, transact } from '@/lib/data/database'
import { beginTotp, confirmTotp } from '@/lib/data/totp'

/** Gives somebody an authenticator app; answers its secret and their recovery codes. */
export async function enrolTotp(agentId: string): Promise<{ secret: string; codes: string[] }> {
  const { accountId, email, ...agent } = await database().agent.findUniqueOrThrow({ where: { id: agentId } })
  const actor = { ...operatorOf(accountId), ...agent, accountId, agentId, via: 'web' } as const
  const begun = await beginTotp(actor, email)
  if (begun === 'exists') throw new Error(`${email} has an authenticator app.`)
  const code = TOTP.generate({ secret: new TOTP({ secret: begun.secret }).secret })
  const confirmed = await confirmTotp(actor, { code, sessionId: 'none', label: email })
  if (confirmed === 'over' || confirmed.outcome === 'wrong-code') throw new Error(`${email}: not set up.`)
  await passForFactor(agentId)
  return { secret: begun.secret, codes: confirmed.codes ?? [] }
}

/** So much time has passed that the code on the authenticator app is a new one. */
export async function passForFactor(agentId: string): Promise<void> {
  await transact((tx) => tx.totpFactor.updateMany({ where: { agentId }, data: { lastStep: 0 } }))
}

/** Lets the five minutes pass in which somebody could have given their second factor. */
export async function passForHalf(agentId: string): Promise<void> {
  await transact((tx) => tx.halfSignIn.updateMany({ where: { agentId }, data: { expiresAt: new Date() } }))
}

/** Lets time pass since the sessions of an agent last proved the password. */
export async function passForProof(agentId: string, ms: number): Promise<void> {
  const provenAt = new Date(Date.now() - ms)
  await transact((tx) => tx.session.updateMany({ where: { agentId }, data: { provenAt } }))
}

/** Somebody has just chosen a password with a mailed link. */
export async function resetByMail(agentId: string): Promise<void> {
  await transact((tx) => tx.agent.update({ where: { id: agentId }, data: { passwordResetAt: new Date() } }))
}

/** The account demands a second factor of its admins, or no longer. */
export async function requireFactors(accountId: string, required = true): Promise<void> {
  await transact((tx) =>
    tx.account.update({ where: { id: accountId }, data: { adminsNeedFactor: required } }),
  )
}
