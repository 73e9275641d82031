import type { Asked } from '../core/allowlist-change'
import type { AuditAction } from '../core/audit'
import type { Actor } from '../core/permissions'
import { bumpVersion } from './allowlist'
import { type Change, changeAllowlist } from './allowlist-change'
import { tellOfSwitch } from './allowlist-notices'
import { endSessionsOutside } from './allowlist-sessions'
import { recordAudit } from './audit'

/** Turning on can end the sessions that the list refuses, all but `exceptSessionId`. */
export interface TurnOn {
  endSessionsOutside: boolean
  exceptSessionId: string | null
}

/** Turns the allowlist on and tells the others who manage security. `unchanged`: it is on. */
export function turnOn(actor: Actor, how: TurnOn, asked: Asked) {
  return changeAllowlist(actor, asked, async (change) => {
    const account = await findAccount(change)
    if (account.allowlistEnabled) return { outcome: 'unchanged' as const }
    await setSwitch(change, { allowlistEnabled: true }, 'allowlist.turned_on', account.name)
    const afterwards = async () => {
      const sessionsEnded = how.endSessionsOutside
        ? await endSessionsOutside(change.tx, change.actor, how.exceptSessionId)
        : 0
      await tellOfSwitch(change, true)
      return { sessionsEnded }
    }
    return { outcome: 'turned-on' as const, impact: { afterwards } }
  })
}

/** Turns the allowlist off and tells the others who manage security. `unchanged`: it is off. */
export function turnOff(actor: Actor, asked: Asked) {
  return changeAllowlist(actor, asked, async (change) => {
    const account = await findAccount(change)
    if (!account.allowlistEnabled) return { outcome: 'unchanged' as const }
    change.ask('prove-again')
    await setSwitch(change, { allowlistEnabled: false }, 'allowlist.turned_off', account.name)
    await tellOfSwitch(change, false)
    return { outcome: 'turned-off' as const, impact: {} }
  })
}

/** Whether the list is asked for the mobile app, too. */
export function setMobileEnforced(actor: Actor, enforced: boolean, asked: Asked) {
  return changeAllowlist(actor, asked, async (change) => {
    const account = await findAccount(change)
    if (account.mobileEnforced === enforced) return { outcome: 'unchanged' as const }
    if (!enforced) change.ask('prove-again')
    const action = enforced ? 'allowlist.mobile_enforced' : 'allowlist.mobile_released'
    await setSwitch(change, { mobileEnforced: enforced }, action, account.name)
    return { outcome: 'switched' as const, impact: {} }
  })
}

/** Whether the list is asked on each request of a running session, too. */
export function setCheckEveryRequest(actor: Actor, check: boolean, asked: Asked) {
  return changeAllowlist(actor, asked, async (change) => {
    const account = await findAccount(change)
    if (account.checkEveryRequest === check) return { outcome: 'unchanged' as const }
    const action = check ? 'allowlist.every_request_checked' : 'allowlist.every_request_released'
    await setSwitch(change, { checkEveryRequest: check }, action, account.name)
    return { outcome: 'switched' as const, impact: { isNewlyAsked: check } }
  })
}

/** Whom a refused agent is told to write to; null: the admins themselves. */
export function setContactEmail(actor: Actor, contactEmail: string | null, asked: Asked) {
  return changeAllowlist(actor, asked, async (change) => {
    const account = await findAccount(change)
    if (account.contactEmail === contactEmail) return { outcome: 'unchanged' as const }
    await change.tx.account.update({ where: { id: account.id }, data: { contactEmail } })
    await recordAudit(change.tx, change.actor, {
      action: 'account.contact_changed',
      subject: { type: 'account', id: account.id, name: account.name },
      before: { contactEmail: account.contactEmail },
      after: { contactEmail },
    })
    return { outcome: 'changed' as const }
  })
}

function findAccount({ tx, actor }: Change) {
  return tx.account.findUniqueOrThrow({ where: { id: actor.accountId } })
}

async function setSwitch(
  { tx, actor }: Change,
  to: Partial<Record<'allowlistEnabled' | 'mobileEnforced' | 'checkEveryRequest', boolean>>,
  action: AuditAction,
  accountName: string,
): Promise<void> {
  await tx.account.update({ where: { id: actor.accountId }, data: to })
  await recordAudit(tx, actor, {
    action,
    subject: { type: 'account', id: actor.accountId, name: accountName },
  })
  await bumpVersion(tx, actor.accountId)
}
