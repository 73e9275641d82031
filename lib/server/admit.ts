import 'server-only'
import type { Address } from '../core/address'
import type { Surface, Verdict } from '../core/allowlist'
import { formatRange } from '../core/range'
import { evidenceOf, type WayHere } from '../core/sign-in-evidence'
import { isOverdue } from '../core/unconfirmed'
import type { AccountSwitches } from '../data/account-switches'
import { findRangeText, judge, readSwitches } from '../data/allowlist-reading'
import { recordSignIn } from '../data/sign-in-events'
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

/** A verdict, and the version of the list that it was judged on. */
export type Admission = Verdict & { listVersion: number }

/**
 * THE way in. Every sign-in (web, mobile, refresh, token) asks here after the identity is proven: reads the list as
 * it is now, decides, and records the attempt with verdict and reason. Throws when the database can't be read:
 * nobody is let in then.
 */
export async function admit(entrant: Entrant): Promise<Admission> {
  const switches = await readSwitches(entrant.accountId)
  if (!switches) throw new Error('The account of a proven agent is missing.')
  const { surface, address } = entrant
  const verdict = await measureDecision('sign-in', surface, () =>
    judge(switches, { surface, address, nowMs: Date.now() }),
  )
  const rangeId = verdict.because === 'listed' ? verdict.rangeId : null
  const range = rangeId ? await findRangeText(rangeId) : null
  await recordSignIn({
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
    evidence: evidenceOf(
      entrant,
      {
        version: switches.allowlistVersion,
        enabled: switches.allowlistEnabled,
        mobileEnforced: switches.mobileEnforced,
      },
      range?.description,
    ),
  })
  const { accountId, agentId } = entrant
  logger().info({ accountId, agentId, surface, ...verdict }, 'Sign-in decided')
  return { ...verdict, listVersion: switches.allowlistVersion }
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
