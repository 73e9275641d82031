import type { Role } from '../core/permissions'
import { database } from './database'
import { isRightPassword } from './passwords'

/** Somebody whose password was right. */
export interface Identity {
  id: string
  accountId: string
  email: string
  name: string
  role: Role
  managesSecurity: boolean
  managesAgents: boolean
  passwordChangedAt: Date
  linksDeniedAt: Date | null
}

/** Who has this e-mail and this password, or null; takes the same time for unknown, wrong and disabled. */
export async function verifyIdentity(email: string, password: string): Promise<Identity | null> {
  const agent = await database().agent.findUnique({ where: { email } })
  const isRight = await isRightPassword(agent?.passwordHash ?? null, password)
  return agent && isRight && agent.enabled ? toIdentity(agent) : null
}

/** Whose e-mail this is, for the log of a failed attempt. */
export async function findAgentByEmail(email: string): Promise<{ id: string; accountId: string } | null> {
  return database().agent.findUnique({ where: { email }, select: { id: true, accountId: true } })
}

export function toIdentity(agent: Identity): Identity {
  const {
    id,
    accountId,
    email,
    name,
    role,
    managesSecurity,
    managesAgents,
    passwordChangedAt,
    linksDeniedAt,
  } = agent
  return {
    id,
    accountId,
    email,
    name,
    role,
    managesSecurity,
    managesAgents,
    passwordChangedAt,
    linksDeniedAt,
  }
}
