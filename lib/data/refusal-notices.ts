import { type Address, formatAddress, networkOf } from '../core/address'
import type { Surface } from '../core/allowlist'
import { PATHS } from '../core/paths'
import { SURFACE_WORDS } from '../core/sign-in-words'
import { env } from '../env'
import { signInRefusedMail } from '../mail/sign-in-refused'
import { database, transact } from './database'
import type { Identity } from './identities'
import { claimOnce } from './once'
import { MAIL_LIFETIME_MS, queueMail } from './outbox'

const ONCE_IN_MS = 60 * 60_000

/**
 * Mails somebody that their right password was given where the allowlist refuses it: at most once an hour for each
 * network. `device` must come out of a closed list, never from the client.
 */
export async function tellOfRefusal(
  agent: Identity,
  { address, surface, device }: { address: Address | null; surface: Surface; device: string },
  now = new Date(),
): Promise<void> {
  const { accountId, email } = agent
  const account = await database().account.findUniqueOrThrow({ where: { id: accountId } })
  const message = signInRefusedMail({
    agentName: agent.name,
    accountName: account.name,
    address: address && formatAddress(address),
    surface: SURFACE_WORDS[surface],
    device,
    at: now,
    url: `${env().APP_URL}${PATHS.agentConsole}`,
  })
  const key = `refusal-notice:${agent.id}:${address ? networkOf(address) : 'unknown'}`
  const expiresAt = new Date(now.getTime() + MAIL_LIFETIME_MS)
  await transact(async (tx) => {
    if (await claimOnce(tx, key, ONCE_IN_MS, now))
      await queueMail(tx, { accountId, kind: 'sign-in-refused', to: email, message, expiresAt })
  })
}
