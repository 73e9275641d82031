import { PATHS } from '../core/paths'
import { type Actor, isPermitted, type Rights } from '../core/permissions'
import { env } from '../env'
import { type AddedHow, managerAddedNotice } from '../mail/manager-added'
import type { Transaction } from './database'
import { tellManagers } from './notices'

/**
 * Tells the others when somebody comes by Manage Security: `before` is what they could do until now, null for nobody's
 * rights. Neither the person nor who gave it is mailed.
 */
export async function tellOfManager(
  tx: Transaction,
  by: Pick<Actor, 'agentId' | 'name'>,
  agent: Rights & { id: string; accountId: string; name: string; email: string },
  { before, how }: { before: Rights | null; how: AddedHow },
  now = new Date(),
): Promise<void> {
  if (!isPermitted(agent, 'MANAGE_SECURITY')) return
  if (before && isPermitted(before, 'MANAGE_SECURITY')) return
  const { id, accountId, name, email, role } = agent
  const facts = {
    ...{ how, name, email, isAdmin: role === 'ADMIN', by: by.name, at: now },
    url: `${env().APP_URL}${PATHS.agents}`,
  }
  await tellManagers(
    tx,
    { accountId, kind: 'manager-added', except: [by.agentId, id] },
    (accountName) => managerAddedNotice({ ...facts, accountName }),
    now,
  )
}
