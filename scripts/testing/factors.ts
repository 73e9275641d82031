import { TOTP } from 'otpauth'
import type { Actor } from '@/lib/core/permissions'
import { TOTP_STEP_MS } from '@/lib/core/second-factor'
import { transact } from '@/lib/data/database'
import { beginTotp, confirmTotp } from '@/lib/data/totp'
import { plantSession } from './sessions'

/** The code that an authenticator app with this secret shows, `steps` later than now. */
export function codeAt(secret: string, now: Date, steps = 0): string {
  return TOTP.generate({ secret: secretOf(secret), timestamp: now.getTime() + steps * TOTP_STEP_MS })
}

function secretOf(base32: string) {
  return new TOTP({ secret: base32 }).secret
}

/** A web session of the actor. */
export async function someSession(actor: Actor & { agentId: string }): Promise<string> {
  const { accountId, agentId } = actor
  const where = { surface: 'CONTROL_PANEL', address: actor.address, device: 'Firefox' } as const
  return (await transact((tx) => plantSession(tx, { accountId, agentId, ...where }))).id
}

/** Gives the actor an authenticator app, set up a minute ago; answers its secret and the recovery codes. */
export async function withTotp(
  actor: Actor & { agentId: string },
): Promise<{ secret: string; codes: string[] }> {
  const begun = await beginTotp(actor, 'ada@example.com')
  if (begun === 'exists') throw new Error('There is one already.')
  const sessionId = 'none'
  const before = new Date(Date.now() - 60_000)
  await transact((tx) =>
    tx.totpFactor.updateMany({ where: { agentId: actor.agentId }, data: { createdAt: before } }),
  )
  const code = codeAt(begun.secret, before)
  const confirmed = await confirmTotp(actor, { code, sessionId, label: 'ada' }, before)
  if (confirmed === 'over' || confirmed.outcome === 'wrong-code') throw new Error('It was not set up.')
  return { secret: begun.secret, codes: confirmed.codes ?? [] }
}
