import type { Asked } from '../core/allowlist-change'
import type { AuditAction } from '../core/audit'
import type { Actor } from '../core/permissions'
import { bumpVersion } from './allowlist'
import { type Change, changeAllowlist } from './allowlist-change'
import { tellOfSwitch } from './allowlist-notices'
import { endSessionsOutside } from './allowlist-sessions'
import { type Change as AuditChange, recordAudit } from './audit'
import { NO_TIME_OFF, type TimeOffRow } from './time-off'
import { confirmSwitch, dropUnconfirmed, type Undoable } from './unconfirmed'

/** Turning on can end the sessions that the list refuses, all but `exceptSessionId`. */
export interface TurnOn {
  endSessionsOutside: boolean
  exceptSessionId: string | null
}

/**
 * Turns the allowlist on and tells the others who manage security. `unchanged`: it is on; what the operator turns on stays on,
 * so where nobody has confirmed that yet, it is `confirmed`, and sessions outside it are ended all the same.
 */
export function turnOn(actor: Actor, how: TurnOn, asked: Asked) {
  return changeAllowlist(actor, asked, async (change) => {
    const account = await findAccount(change)
    if (account.allowlistEnabled) {
      const { tx, actor: by } = change
      if (by.via !== 'cli') return { outcome: 'unchanged' as const, confirmed: false }
      const confirmed = await confirmSwitch(tx, by, 'turn-off')
      const afterwards = async () => ({ sessionsEnded: await endIfAsked(change, how) })
      return { outcome: 'unchanged' as const, confirmed, impact: { afterwards } }
    }
    await setSwitch(change, { allowlistEnabled: true, ...NO_TIME_OFF }, 'allowlist.turned_on', account.name)
    const { offUntil, offByName, offReason } = account
    const undoable: Undoable = {
      ...{ action: 'allowlist.turned_on', subjectName: account.name },
      undo: { kind: 'turn-off', offUntil: offUntil?.toISOString() ?? null, offByName, offReason },
    }
    const afterwards = async (confirmUntil: Date | null) => {
      const sessionsEnded = await endIfAsked(change, how)
      await tellOfSwitch(change, { enabled: true, ending: null, confirmUntil })
      return { sessionsEnded }
    }
    return { outcome: 'turned-on' as const, impact: { undoable, afterwards } }
  })
}

async function endIfAsked({ tx, actor }: Change, how: TurnOn): Promise<number> {
  return how.endSessionsOutside ? endSessionsOutside(tx, actor, how.exceptSessionId) : 0
}

/** A list that is turned off for a time turns itself on again, and says why it was off. */
export interface TurnOff {
  until: Date
  reason: string
}

/**
 * Turns the allowlist off, for good or with an end, and tells the others who manage security. One that is off for a time gets
 * the new end, or none; `endBefore` is the one that it had. `unchanged`: it is off for good, and stays so.
 */
export function turnOff(actor: Actor, asked: Asked, ending: TurnOff | null = null) {
  return changeAllowlist(actor, asked, async (change) => {
    const account = await findAccount(change)
    if (!account.allowlistEnabled && !account.offUntil) return { outcome: 'unchanged' as const }
    change.ask('prove-again')
    const off = ending
      ? { offUntil: ending.until, offByName: change.actor.name, offReason: ending.reason }
      : NO_TIME_OFF
    await setSwitch(change, { allowlistEnabled: false, ...off }, 'allowlist.turned_off', account.name, {
      ...(account.offUntil ? { before: { offUntil: account.offUntil, reason: account.offReason } } : {}),
      ...(ending ? { after: { offUntil: ending.until, reason: ending.reason } } : {}),
    })
    await tellOfSwitch(change, { enabled: false, ending, confirmUntil: null })
    return { outcome: 'turned-off' as const, endBefore: account.offUntil, impact: {} }
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
    const undo = { kind: 'release-every-request' } as const
    return {
      outcome: 'switched' as const,
      impact: { isNewlyAsked: check, undoable: { action, subjectName: account.name, undo } },
    }
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
  to: Partial<Record<'allowlistEnabled' | 'mobileEnforced' | 'checkEveryRequest', boolean> & TimeOffRow>,
  action: AuditAction,
  accountName: string,
  states: Pick<AuditChange, 'before' | 'after'> = {},
): Promise<void> {
  await tx.account.update({ where: { id: actor.accountId }, data: to })
  if (to.allowlistEnabled !== undefined) await dropUnconfirmed(tx, actor.accountId, 'turn-off')
  if (to.checkEveryRequest !== undefined) await dropUnconfirmed(tx, actor.accountId, 'release-every-request')
  await recordAudit(tx, actor, {
    action,
    subject: { type: 'account', id: actor.accountId, name: accountName },
    ...states,
  })
  await bumpVersion(tx, actor.accountId)
}
