import { database } from './database'
import { listContacts } from './pending-sign-ins'

/** Whom a refused agent of this account may turn to, by name and e-mail address. */
export async function listContactsOf(accountId: string): Promise<{ name: string; email: string }[]> {
  const account = await database().account.findUnique({
    where: { id: accountId },
    select: { id: true, name: true, contactEmail: true },
  })
  return account ? listContacts(account) : []
}
