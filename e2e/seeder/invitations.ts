import { operatorOf } from '@/lib/data/accounts'
import { database } from '@/lib/data/database'
import { invite } from '@/lib/data/inviting'

/** Invites somebody to an account as the operator would; answers the id of the invitation. */
export async function inviteTo(accountId: string, name: string, email: string): Promise<string> {
  const rights = { role: 'AGENT', managesSecurity: false, managesAgents: false } as const
  const invited = await invite(operatorOf(accountId), { name, email, ...rights }, 'mail')
  if (typeof invited === 'string') throw new Error(`${email}: ${invited}`)
  const { id } = await database().invitation.findFirstOrThrow({ where: { accountId, email } })
  return id
}
