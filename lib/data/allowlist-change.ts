import type { Address } from '../core/address'
import { decide } from '../core/allowlist'
import {
  type Asked,
  admitsEveryone,
  isAsked,
  locksOut,
  type Question,
  type Standing,
} from '../core/allowlist-change'
import type { Actor } from '../core/permissions'
import { containsAddress, coversWholeFamily, type Range } from '../core/range'
import { isProofRecent } from '../core/session'
import { isOnAt } from '../core/time-off'
import { requireStillPermitted } from './agent-rows'
import { addRangeInTransaction } from './allowlist'
import { lookUpAround } from './allowlist-around'
import { findOpenness, tellOfOpening } from './allowlist-notices'
import { type Transaction, transact } from './database'
import { settleAccount } from './settling'
import { holdChange, type Undoable } from './unconfirmed'

/** A change that was not made because this has to be asked first. */
export interface ToAsk {
  outcome: Question
}

/** What the transaction of a change works with. */
export interface Change {
  tx: Transaction
  actor: Actor
  now: Date
  /** Leaves the transaction with nothing changed unless this question was answered with yes. */
  ask(question: Exclude<Question, 'locks-you-out' | 'takes-yours-off'>): void
}

/** What `work` tells about what it did. */
export interface Impact {
  /** The change ends something at this instant, so the list is judged as it will be then, too. */
  endsAt?: Date | null
  /** The range that the change takes out of force, or may take out at `endsAt`. */
  changed?: Range
  /** "Check every request" begins: the running session counts as admitted so far. */
  isNewlyAsked?: boolean
  /** How the change is undone, should it shut the actor out and nobody confirm it. None: it is kept at once. */
  undoable?: Undoable
  /**
   * What has to wait until it is settled that the change is made, with the actor's own range added, and until when it has
   * to be confirmed, if at all.
   */
  afterwards?: (confirmUntil: Date | null) => Promise<{ sessionsEnded: number }>
}

/** A change that was made. */
export type Made<R> = R & {
  /** The actor's own address was added along with it. */
  addedMine: boolean
  sessionsEnded: number
  /** It shuts the actor out, and is undone then unless it is confirmed. */
  confirmUntil: Date | null
}

/**
 * Makes one change of the account's allowlist, all or nothing: `work` is done, the list as it then is is judged with
 * `decide`, and where that needs an answer that was not given, everything is undone and the question returned.
 * Throws NotPermitted.
 */
export async function changeAllowlist<R extends { outcome: string }>(
  actor: Actor,
  asked: Asked,
  work: (change: Change) => Promise<R & { impact?: Impact }>,
): Promise<Made<R> | ToAsk> {
  try {
    return await transact(async (tx) => {
      const now = new Date()
      await settleAccount(tx, actor.accountId, now)
      const current = await requireStillPermitted(tx, actor, 'MANAGE_SECURITY')
      const change = { tx, actor: current, now, ask: askerOf(current, asked, now) }
      const before = await look(change)
      const openness = await findOpenness(tx, actor.accountId, now)
      const { impact, ...result } = await work(change)
      const settled = impact ? await settle(change, asked, before, impact) : KEPT
      const { sessionsEnded } = (await impact?.afterwards?.(settled.confirmUntil)) ?? { sessionsEnded: 0 }
      if (impact) await tellOfOpening(change, openness)
      return { ...(result as unknown as R), ...settled, sessionsEnded }
    })
  } catch (error) {
    if (error instanceof Undone) return { outcome: error.question }
    throw error
  }
}

/** Rolls the transaction back. */
class Undone extends Error {
  constructor(readonly question: Question) {
    super(question)
  }
}

function askerOf(actor: Actor, { consents, provenAt }: Asked, now: Date): Change['ask'] {
  return (question) => {
    if (!isAsked(actor, question)) return
    const isAnswered =
      question === 'prove-again'
        ? provenAt !== null && isProofRecent(provenAt.getTime(), now.getTime())
        : consents.includes(question)
    if (!isAnswered) throw new Undone(question)
  }
}

type Settled = Pick<Made<unknown>, 'addedMine' | 'confirmUntil'>

const KEPT: Settled = { addedMine: false, confirmUntil: null }

async function settle(change: Change, asked: Asked, before: Look, impact: Impact): Promise<Settled> {
  const after = await look(change)
  const instants = [
    change.now,
    ...(impact.endsAt ? [impact.endsAt] : []),
    ...(after.offUntil ? [after.offUntil] : []),
  ]
  if (admitsEveryone(standing(before, instants), standing(after, instants))) {
    change.ask('prove-again')
    change.ask('admits-everyone')
  }
  if (!isAsked(change.actor, 'locks-you-out')) return KEPT
  if (!locksOut(standing(before, instants), standing(after, instants), impact.isNewlyAsked)) return KEPT
  const { address } = change.actor
  const isOwn = address !== null && impact.changed?.start === address && impact.changed.end === address
  if (asked.consents.includes('add-mine') && address && !isOwn) {
    await addMine(change, asked, address, !before.allowlistEnabled && after.allowlistEnabled)
    return { ...KEPT, addedMine: true }
  }
  if (!asked.consents.includes('anyway')) throw new Undone(isOwn ? 'takes-yours-off' : 'locks-you-out')
  if (asked.keepsUnconfirmed || !impact.undoable) return KEPT
  return { ...KEPT, confirmUntil: await holdChange(change.tx, change.actor, impact.undoable, change.now) }
}

async function addMine(
  { tx, actor, ask }: Change,
  asked: Asked,
  address: Address,
  isTurningOn: boolean,
): Promise<void> {
  ask('prove-again')
  if (address === asked.undeclaredProxy) ask('undeclared-proxy')
  await addRangeInTransaction(tx, actor, {
    range: { start: address, end: address },
    description: `${actor.name}’s IP, added ${isTurningOn ? 'while turning on' : 'along with a change'}`,
    origin: 'MANUAL',
    expiresAt: null,
  })
}

/** The switches, the number of ranges and the ranges around the actor's address, at one moment of the transaction. */
type Look = Awaited<ReturnType<typeof look>>

async function look({ tx, actor }: Change) {
  const { accountId, address } = actor
  const { allowlistEnabled, offUntil, mobileEnforced } = await tx.account.findUniqueOrThrow({
    where: { id: accountId },
  })
  const ranges = await lookUpAround(tx, accountId, address)
  return { allowlistEnabled, offUntil, mobileEnforced, address, ranges }
}

function standing({ address, ...rows }: Look, instants: readonly Date[]): Standing {
  const enabledAt = (instant: Date) => isOnAt(rows, instant.getTime())
  const verdicts = instants.map((instant) =>
    decide({
      allowlist: { ...rows, enabled: enabledAt(instant) },
      surface: 'CONTROL_PANEL',
      address,
      nowMs: instant.getTime(),
    }),
  )
  return { enabled: instants.some(enabledAt), size: rows.ranges.size, verdicts }
}

/** The questions about a range that comes on the list, or comes into force: whether it is really its person, and its breadth. */
export function askAbout(change: Change, asked: Asked, range: Range, before: Range | null = null): void {
  if (before?.start !== range.start || before.end !== range.end) change.ask('prove-again')
  if (coversWholeFamily(range) && !(before && coversWholeFamily(before))) change.ask('covers-everything')
  const proxy = asked.undeclaredProxy
  if (proxy && containsAddress(range, proxy) && !(before && containsAddress(before, proxy)))
    change.ask('undeclared-proxy')
}
