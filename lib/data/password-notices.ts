import { type Address, formatAddress } from '../core/address'
import { PATHS } from '../core/paths'
import { env } from '../env'
import { type ChangedHow, passwordChangedMail } from '../mail/password'
import type { Transaction } from './database'
import { MAIL_LIFETIME_MS, queueMail } from './outbox'

/** Mails somebody that their password was changed, in the transaction of that change. */
export async function tellPasswordChanged(
  tx: Transaction,
  agentId: string,
  { how, address }: { how: ChangedHow; address: Address | null },
  now = new Date(),
): Promise<void> {
  const agent = await tx.agent.findUniqueOrThrow({ where: { id: agentId }, include: { account: true } })
  const message = passwordChangedMail({
    agentName: agent.name,
    accountName: agent.account.name,
    how,
    address: address && formatAddress(address),
    at: now,
    url: `${env().APP_URL}${PATHS.resetPassword}`,
  })
  const expiresAt = new Date(now.getTime() + MAIL_LIFETIME_MS)
  const { accountId, email } = agent
  await queueMail(tx, { accountId, kind: 'password-changed', to: email, message, expiresAt })
}
