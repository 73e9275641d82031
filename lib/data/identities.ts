import type { Role } from '../core/permissions'
import { database, transact } from './database'
import { claimTemporary } from './invitations'
import { hashPassword, isHashOutdated, isRightPassword } from './passwords'

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
  const agent = await readAgent(email)
  const isRight = await isRightPassword(agent?.passwordHash ?? null, password)
  // Asked for every wrong answer, so that each takes the same time; an e-mail that is claimed is invited to nothing.
  const invited = isRight ? null : await claimTemporary(email, password)
  if (invited) return toIdentity(invited)
  if (!agent || !isRight || !agent.enabled) return null
  if (isHashOutdated(agent.passwordHash)) await rehash(agent, password)
  return toIdentity(agent)
}

type Row = Omit<Identity, 'managesSecurity' | 'managesAgents' | 'passwordChangedAt' | 'linksDeniedAt'> &
  Record<'managesSecurity' | 'managesAgents' | 'enabled', boolean | number> & {
    passwordHash: string
    passwordChangedAt: string | Date
    linksDeniedAt: string | Date | null
  }

/** By a statement of its own, since every sign-in asks. */
async function readAgent(
  email: string,
): Promise<(Identity & { passwordHash: string; enabled: boolean }) | null> {
  const [row] = await database().$queryRaw<Row[]>`
    SELECT "id", "accountId", "email", "name", "role", "managesSecurity", "managesAgents", "enabled", "passwordHash",
           "passwordChangedAt", "linksDeniedAt"
    FROM "Agent" WHERE "email" = ${email}`
  if (!row) return null
  return {
    ...row,
    managesSecurity: Boolean(row.managesSecurity),
    managesAgents: Boolean(row.managesAgents),
    enabled: Boolean(row.enabled),
    passwordChangedAt: new Date(row.passwordChangedAt),
    linksDeniedAt: row.linksDeniedAt ? new Date(row.linksDeniedAt) : null,
  }
}

/** The same password, hashed with the parameters in force; nothing happens when it was changed meanwhile. */
async function rehash(agent: { id: string; passwordHash: string }, password: string): Promise<void> {
  const passwordHash = await hashPassword(password)
  await transact((tx) =>
    tx.agent.updateMany({
      where: { id: agent.id, passwordHash: agent.passwordHash },
      data: { passwordHash },
    }),
  )
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
