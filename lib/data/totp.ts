import { Secret, TOTP } from 'otpauth'
import type { Actor } from '../core/permissions'
import {
  ENROLMENT_LIFETIME_MS,
  readAnswer,
  TOTP_DIGITS,
  TOTP_NAME,
  TOTP_STEP_MS,
  TOTP_WINDOW_STEPS,
} from '../core/second-factor'
import { database, lockAccount, transact } from './database'
import { addFactor, type Enrolled } from './factor-changes'
import { newRecoveryCodes } from './recovery-codes'
import { open, seal } from './secrets'

/** Bytes of a secret; RFC 4226 asks for 16 and recommends 20. */
const SECRET_BYTES = 20

/** What an authenticator app has to know; shown while it is set up, and never again. */
export interface TotpSetUp {
  /** Base32, for typing. */
  secret: string
  /** For the QR code: otpauth://totp/... */
  uri: string
}

/** Begins to set up an authenticator app, in place of a set-up that was not finished. */
export async function beginTotp(actor: Actor, label: string): Promise<TotpSetUp | 'exists'> {
  const { accountId, agentId } = actor
  if (!agentId) throw new Error('The operator has no second factor.')
  const secret = new Secret({ size: SECRET_BYTES }).base32
  return transact(async (tx) => {
    await lockAccount(tx, accountId)
    if (await tx.totpFactor.findFirst({ where: { agentId, confirmedAt: { not: null } } })) return 'exists'
    await tx.totpFactor.deleteMany({ where: { agentId } })
    await tx.totpFactor.create({ data: { accountId, agentId, sealedSecret: seal(secret, 'totp') } })
    return { secret, uri: appOf(secret, label).toString() }
  })
}

/** Finishes the set-up with a code of the app. `over`: there is none, or it took too long. */
export async function confirmTotp(
  actor: Actor,
  { code, sessionId, label }: { code: string; sessionId: string; label: string },
  now = new Date(),
): Promise<Enrolled | 'over' | { outcome: 'wrong-code'; setUp: TotpSetUp }> {
  const agentId = actor.agentId ?? ''
  const begun = await database().totpFactor.findFirst({
    where: {
      agentId,
      confirmedAt: null,
      createdAt: { gt: new Date(now.getTime() - ENROLMENT_LIFETIME_MS) },
    },
  })
  const secret = begun && open(begun.sealedSecret, 'totp')
  if (!begun || !secret) return 'over'
  const answer = readAnswer(code)
  const step = answer?.kind === 'totp' ? stepOf(secret, answer.code, now) : null
  if (step === null) return { outcome: 'wrong-code', setUp: { secret, uri: appOf(secret, label).toString() } }
  const codes = await newRecoveryCodes()
  return transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    const confirm = async () => {
      const { count } = await tx.totpFactor.updateMany({
        where: { id: begun.id, confirmedAt: null },
        data: { confirmedAt: now, lastStep: step },
      })
      return count === 1 ? begun.id : null
    }
    const factor = { kind: 'totp', name: TOTP_NAME } as const
    return (await addFactor(tx, actor, { factor, add: confirm, codes, sessionId }, now)) ?? 'over'
  })
}

/**
 * Spends a code of the agent's authenticator app: true for a right one whose time step is later than every step spent
 * before (RFC 6238 §5.2), for one of any number who send it.
 */
export async function spendTotp(agentId: string, code: string, now: Date): Promise<boolean> {
  const factor = await database().totpFactor.findFirst({ where: { agentId, confirmedAt: { not: null } } })
  const secret = factor && open(factor.sealedSecret, 'totp')
  const step = secret ? stepOf(secret, code, now) : null
  if (!factor || step === null) return false
  return transact(async (tx) => {
    const { count } = await tx.totpFactor.updateMany({
      where: { id: factor.id, confirmedAt: { not: null }, lastStep: { lt: step } },
      data: { lastStep: step },
    })
    return count === 1
  })
}

/** The time step that a code belongs to, or null for a wrong code. */
function stepOf(secret: string, code: string, now: Date): number | null {
  const timestamp = now.getTime()
  const off = appOf(secret, '').validate({ token: code, timestamp, window: TOTP_WINDOW_STEPS })
  return off === null ? null : Math.floor(timestamp / TOTP_STEP_MS) + off
}

function appOf(secret: string, label: string): TOTP {
  const period = TOTP_STEP_MS / 1000
  return new TOTP({
    issuer: 'Gatehouse',
    label,
    digits: TOTP_DIGITS,
    period,
    secret: Secret.fromBase32(secret),
  })
}
