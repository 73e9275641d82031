import 'server-only'
import type { Address } from '../core/address'
import type { Surface, Verdict } from '../core/allowlist'
import { formatRange } from '../core/range'
import { evidenceOf, type WayHere } from '../core/sign-in-evidence'
import { isOverdue } from '../core/unconfirmed'
import { type AccountSwitches, switchesAt } from '../data/account-switches'
import { holdList } from '../data/allowlist'
import { judgeAround } from '../data/allowlist-around'
import { findRangeText, judge, readSwitches } from '../data/allowlist-reading'
import { database, type Transaction, transact } from '../data/database'
import { noteMatch } from '../data/range-matches'
import { settleAccount } from '../data/settling'
import { addSignIn, recordSignIn, type SignInAttempt } from '../data/sign-in-events'
import { logger } from './logger'
import { measureDecision } from './measures'

/** Somebody who has proven who they are and now wants in. */
export interface Entrant extends WayHere {
  accountId: string
  agentId: string
  email: string
  surface: Surface
  address: Address | null
  device: string
}

/** Refused and why, or what was begun: null where nothing could be, for somebody who is no longer who they proved to be. */
export type Admission<T> = (Verdict & { admit: false }) | { admit: true; begun: T | null }

/**
 * THE way in. Every sign-in (web, mobile, refresh, token) asks here after the identity is proven: reads the list as
 * it is now, decides, and records the attempt with verdict and reason. What an admitted one begins is begun by `begin` in
 * the transaction of that record, on the list that was judged: one that changed in between is judged again while nobody can
 * change it, since whoever turned it on and ended what was outside of it has missed this one. When `begin` answers null,
 * all that it did is undone and the attempt has failed. Throws when the database can't be read: nobody is let in then.
 */
export async function admit<T>(
  entrant: Entrant,
  begin: (tx: Transaction) => Promise<T | null>,
): Promise<Admission<T>> {
  const judged = await judgeNow(entrant)
  if (!judged.verdict.admit) {
    await recordSignIn(judged.attempt)
    tell(judged)
    return judged.verdict
  }
  try {
    const { at, begun, ...held } = await transact((tx) => beginOnList(tx, entrant, judged, begin))
    tell(held)
    const { verdict } = held
    if (!verdict.admit) return verdict
    if (verdict.because === 'listed') noteMatch(verdict.rangeId, at)
    return { admit: true, begun }
  } catch (error) {
    if (!(error instanceof NothingBegun)) throw error
    await recordSignIn(tooLate(error.attempt))
    return { admit: true, begun: null }
  }
}

/** A verdict, what the log says of it, and the version of the list. */
interface Judged {
  verdict: Verdict
  attempt: SignInAttempt
  version: number
}

/** Thrown inside a transaction, so that all of it is undone. */
class NothingBegun extends Error {
  constructor(readonly attempt: SignInAttempt) {
    super()
  }
}

/** Records an admitted attempt and begins what it is about, while the list is the one that was judged. */
async function beginOnList<T>(
  tx: Transaction,
  entrant: Entrant,
  judged: Judged,
  begin: (tx: Transaction) => Promise<T | null>,
): Promise<Judged & { at: Date; begun: T | null }> {
  const isHeld = await holdList(tx, entrant.accountId, judged.version)
  const held = isHeld ? judged : await judgeHeld(tx, entrant)
  const at = await addSignIn(tx, held.attempt)
  if (!held.verdict.admit) return { ...held, at, begun: null }
  const begun = await begin(tx)
  if (begun === null) throw new NothingBegun(held.attempt)
  return { ...held, at, begun }
}

async function judgeNow(entrant: Entrant): Promise<Judged> {
  const switches = await readSwitches(entrant.accountId)
  if (!switches) throw new Error('The account of a proven agent is missing.')
  return judgedBy(database(), entrant, switches, (question) => judge(switches, question))
}

/** The same on the list as it is in this transaction, where it can't change any more. */
async function judgeHeld(tx: Transaction, entrant: Entrant): Promise<Judged> {
  const now = new Date()
  await settleAccount(tx, entrant.accountId, now)
  const account = await tx.account.findUniqueOrThrow({ where: { id: entrant.accountId } })
  const switches = switchesAt(account, now.getTime())
  return judgedBy(tx, entrant, switches, (question) => judgeAround(tx, switches, question))
}

async function judgedBy(
  from: Pick<Transaction, '$queryRaw'>,
  entrant: Entrant,
  { allowlistVersion: version, allowlistEnabled: enabled, mobileEnforced }: AccountSwitches,
  ask: (question: { surface: Surface; address: Address | null; nowMs: number }) => Promise<Verdict>,
): Promise<Judged> {
  const { accountId, agentId, email, surface, address, device } = entrant
  const verdict = await measureDecision('sign-in', surface, () =>
    ask({ surface, address, nowMs: Date.now() }),
  )
  const rangeId = verdict.because === 'listed' ? verdict.rangeId : null
  const range = rangeId ? await findRangeText(rangeId, from) : null
  const attempt: SignInAttempt = {
    ...{ accountId, agentId, emailTried: email, surface, address, device },
    outcome: verdict.admit ? 'admitted' : 'refused',
    because: verdict.because,
    rangeId,
    rangeText: range ? formatRange(range) : null,
    evidence: evidenceOf(entrant, { version, enabled, mobileEnforced }, range?.description),
  }
  return { verdict, attempt, version }
}

/** Like one that came a moment later, when the password was no longer right or the person disabled. */
function tooLate(attempt: SignInAttempt): SignInAttempt {
  return {
    ...attempt,
    ...{ outcome: 'failed', because: 'wrong-credentials', rangeId: null, rangeText: null },
    evidence: { ...attempt.evidence, list: null, rangeName: '' },
  }
}

function tell({
  verdict,
  attempt: { accountId, agentId, surface },
}: Pick<Judged, 'verdict' | 'attempt'>): void {
  logger().info({ accountId, agentId, surface, ...verdict }, 'Sign-in decided')
}

/**
 * The same judge for a request of a running session: asked only while "Check every request" is on. `switches` come
 * with the session, read a moment ago.
 */
export async function admitRequest(
  switches: AccountSwitches,
  request: { surface: Surface; address: Address | null },
): Promise<boolean> {
  if (!switches.checkEveryRequest) return true
  if (switches.revertAt && isOverdue(switches.revertAt.getTime(), Date.now())) {
    const settled = await readSwitches(switches.id)
    return settled ? admitRequest(settled, request) : false
  }
  const { admit } = await measureDecision('request', request.surface, () =>
    judge(switches, { ...request, nowMs: Date.now() }),
  )
  return admit
}
