import 'server-only'
import type { Address } from '../core/address'
import type { Surface, Verdict } from '../core/allowlist'
import { formatRange } from '../core/range'
import { evidenceOf, type WayHere } from '../core/sign-in-evidence'
import { isOverdue } from '../core/unconfirmed'
import type { AccountSwitches } from '../data/account-switches'
import { holdList } from '../data/allowlist'
import { findRangeText, judge, readSwitches } from '../data/allowlist-reading'
import { type Transaction, transact } from '../data/database'
import { noteMatch } from '../data/range-matches'
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
 * the transaction of that record, and only while the list is still the one that was judged: a list that changed in
 * between is asked anew, since whoever turned it on and ended what was outside of it has missed this one. When `begin`
 * answers null, all that it did is undone and the attempt has failed. Throws when the database can't be read: nobody is
 * let in then.
 */
export async function admit<T>(
  entrant: Entrant,
  begin: (tx: Transaction) => Promise<T | null>,
): Promise<Admission<T>> {
  const { accountId, agentId, surface, address } = entrant
  const switches = await readSwitches(accountId)
  if (!switches) throw new Error('The account of a proven agent is missing.')
  const verdict = await measureDecision('sign-in', surface, () =>
    judge(switches, { surface, address, nowMs: Date.now() }),
  )
  const attempt = await attemptOf(entrant, switches, verdict)
  const tell = () => logger().info({ accountId, agentId, surface, ...verdict }, 'Sign-in decided')
  if (!verdict.admit) {
    await recordSignIn(attempt)
    tell()
    return verdict
  }
  const begun = await beginOnList(switches, attempt, begin)
  if (begun === LIST_CHANGED) return admit(entrant, begin)
  if (begun !== null) tell()
  return { admit: true, begun }
}

const LIST_CHANGED = Symbol('list changed')

/** Thrown inside a transaction, so that all of it is undone. */
class NothingBegun extends Error {}

/** Records an admitted attempt and begins what it is about, while the list is the one that these switches name. */
async function beginOnList<T>(
  { id, allowlistVersion }: AccountSwitches,
  attempt: SignInAttempt,
  begin: (tx: Transaction) => Promise<T | null>,
): Promise<T | null | typeof LIST_CHANGED> {
  try {
    const entered = await transact(async (tx) => {
      if (!(await holdList(tx, id, allowlistVersion))) return null
      const at = await addSignIn(tx, attempt)
      const begun = await begin(tx)
      if (begun === null) throw new NothingBegun()
      return { at, begun }
    })
    if (!entered) return LIST_CHANGED
    if (attempt.rangeId) noteMatch(attempt.rangeId, entered.at)
    return entered.begun
  } catch (error) {
    if (!(error instanceof NothingBegun)) throw error
  }
  await recordSignIn(tooLate(attempt))
  return null
}

/** Like one that came a moment later, when the password was no longer right or the person disabled. */
function tooLate(attempt: SignInAttempt): SignInAttempt {
  const evidence = { ...attempt.evidence, list: null, rangeName: '' }
  return {
    ...attempt,
    outcome: 'failed',
    because: 'wrong-credentials',
    rangeId: null,
    rangeText: null,
    evidence,
  }
}

async function attemptOf(
  entrant: Entrant,
  { allowlistVersion: version, allowlistEnabled: enabled, mobileEnforced }: AccountSwitches,
  verdict: Verdict,
): Promise<SignInAttempt> {
  const rangeId = verdict.because === 'listed' ? verdict.rangeId : null
  const range = rangeId ? await findRangeText(rangeId) : null
  return {
    accountId: entrant.accountId,
    agentId: entrant.agentId,
    emailTried: entrant.email,
    surface: entrant.surface,
    address: entrant.address,
    outcome: verdict.admit ? 'admitted' : 'refused',
    because: verdict.because,
    rangeId,
    rangeText: range ? formatRange(range) : null,
    device: entrant.device,
    evidence: evidenceOf(entrant, { version, enabled, mobileEnforced }, range?.description),
  }
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
