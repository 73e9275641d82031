import { type Address, formatAddress, networkOf } from '../core/address'
import type { Surface } from '../core/allowlist'
import { PATHS } from '../core/paths'
import { SURFACE_WORDS } from '../core/sign-in-words'
import { env } from '../env'
import type { Message } from '../mail/compose'
import { type PasswordUse, secondFactorFailedMail, signInRefusedMail } from '../mail/sign-in-refused'
import { database, transact } from './database'
import type { Identity } from './identities'
import { claimOnce } from './once'
import { MAIL_LIFETIME_MS, queueMail } from './outbox'

const ONCE_IN_MS = 60 * 60_000

/** Where a right password was given. A browser comes out of a closed list; a phone's name is the client's own word. */
interface Where {
  address: Address | null
  surface: Surface
  device: string
}

/**
 * Mails somebody that their right password was given where the allowlist refuses it: at most once an hour for each
 * network.
 */
export function tellOfRefusal(agent: Identity, where: Where, now = new Date()): Promise<void> {
  return tell('refusal', signInRefusedMail, agent, where, now)
}

/**
 * Mails somebody that their right password was given, and a wrong second factor until nothing more was looked at: at
 * most once an hour for each network.
 */
export function tellOfWrongFactors(agent: Identity, where: Where, now = new Date()): Promise<void> {
  return tell('factor', secondFactorFailedMail, agent, where, now)
}

const KINDS = { refusal: 'sign-in-refused', factor: 'second-factor-failed' } as const

async function tell(
  about: keyof typeof KINDS,
  write: (use: PasswordUse) => Message,
  agent: Identity,
  { address, surface, device }: Where,
  now: Date,
): Promise<void> {
  const { accountId, email } = agent
  const account = await database().account.findUniqueOrThrow({ where: { id: accountId } })
  const message = write({
    agentName: agent.name,
    accountName: account.name,
    address: address && formatAddress(address),
    surface: SURFACE_WORDS[surface],
    device: surface === 'MOBILE' ? 'The mobile app' : device,
    at: now,
    url: `${env().APP_URL}${PATHS.agentConsole}`,
  })
  const key = `${about}-notice:${agent.id}:${address ? networkOf(address) : 'unknown'}`
  const expiresAt = new Date(now.getTime() + MAIL_LIFETIME_MS)
  await transact(async (tx) => {
    if (await claimOnce(tx, key, ONCE_IN_MS, now))
      await queueMail(tx, { accountId, kind: KINDS[about], to: email, message, expiresAt })
  })
}
