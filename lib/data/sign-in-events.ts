import type { Address } from '../core/address'
import type { Surface } from '../core/allowlist'
import { formatEvidence, type SignInEvidence } from '../core/sign-in-evidence'
import { database, type Transaction, transact } from './database'
import { newId } from './ids'
import { insertRow } from './insert-row'
import { claimOnce } from './once'
import type { Wait } from './rate-limits'

/** What became of one attempt to sign in. */
export interface SignInAttempt {
  /** Null: an e-mail that belongs to nobody, where there are several accounts; no account sees it. */
  accountId: string | null
  agentId: string | null
  /** What was typed; written only when it is the e-mail of an agent. */
  emailTried: string
  surface: Surface
  address: Address | null
  outcome: 'admitted' | 'refused' | 'failed'
  /** The reason of the verdict (CONTRACT §2), or why it never came to one. */
  because: string
  rangeId?: string | null
  rangeText?: string | null
  device: string
  evidence: SignInEvidence
}

/** In place of an e-mail that belongs to nobody: people type passwords there. */
const NOBODY = '•••'
const EMAIL_MAX_CHARACTERS = 254
const DEVICE_MAX_CHARACTERS = 100

/** Records an attempt that begins nothing. */
export async function recordSignIn(attempt: SignInAttempt): Promise<void> {
  await transact((tx) => addSignIn(tx, attempt))
}

/**
 * Records an attempt that was not looked at because of a wait, unless one was recorded in the same wait: they cost who
 * makes them nothing, so they may come by the thousand. `of` tells apart what is recorded for itself.
 */
export async function recordFirstInWait(
  attempt: SignInAttempt,
  { key, ms }: Wait,
  of = '',
  now = new Date(),
): Promise<void> {
  await transact(async (tx) => {
    if (await claimOnce(tx, `waiting${of}:${key}`, ms, now)) await addSignIn(tx, attempt)
  })
}

/** Records an attempt with one row, in the transaction of what it begins; answers when. `at`: when it was made. */
export async function addSignIn(tx: Transaction, attempt: SignInAttempt, at = new Date()): Promise<Date> {
  const { rangeId = null, rangeText = null } = attempt
  const row = {
    ...attempt,
    id: newId(at.getTime()),
    at,
    evidence: formatEvidence(attempt.evidence),
    rangeId,
    rangeText,
    emailTried: attempt.agentId ? storable(attempt.emailTried, EMAIL_MAX_CHARACTERS) : NOBODY,
    device: storable(attempt.device, DEVICE_MAX_CHARACTERS),
  }
  await insertRow(tx, 'SignInEvent', row)
  return at
}

/** The agent's own latest attempts. */
export async function listOwnSignIns(agentId: string, accountId: string, limit = 10) {
  return database().signInEvent.findMany({
    where: { accountId, agentId },
    orderBy: { at: 'desc' },
    take: limit,
  })
}

/** Text from outside, cut; well-formed and without NUL, which PostgreSQL refuses. */
function storable(text: string, maxCharacters: number): string {
  return text.slice(0, maxCharacters).toWellFormed().replaceAll('\0', '\ufffd')
}
