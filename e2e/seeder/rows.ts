import { type Address, formatAddress } from '@/lib/core/address'
import { formatRange } from '@/lib/core/range'
import { database, openKind } from '@/lib/data/database'

/** The ranges of an account, by their addresses. */
export async function rangesOf(accountId: string) {
  const rows = await database().range.findMany({ where: { accountId }, orderBy: { start: 'asc' } })
  return rows.map(({ start, end, id, version, description, enabled, expiresAt, origin, addedByName }) => ({
    text: formatRange({ start: start as Address, end: end as Address }),
    ...{ id, version, description, enabled, expiresAt, origin, addedByName },
  }))
}

/** The audit rows of an account, oldest first. */
export async function auditOf(accountId: string) {
  const rows = await database().auditEvent.findMany({ where: { accountId }, orderBy: { id: 'asc' } })
  return rows.map(({ action, actorName, via, subjectName, address, after }) => ({
    ...{ action, actorName, via, subjectName, after },
    address: text(address),
  }))
}

/** Every attempt to sign in to an account, oldest first. */
export async function signInsOf(accountId: string) {
  const rows = await database().signInEvent.findMany({ where: { accountId }, orderBy: { id: 'asc' } })
  return rows.map(({ emailTried, surface, outcome, because, address, rangeText }) => ({
    ...{ emailTried, surface, outcome, because, rangeText },
    address: text(address),
  }))
}

/** The web sessions of an agent, oldest first. */
export async function sessionsOf(agentId: string) {
  return database().session.findMany({
    where: { agentId },
    orderBy: { id: 'asc' },
    select: { id: true, surface: true, endedAt: true, endedBecause: true },
  })
}

/** The authorization links of an agent, oldest first. */
export async function linksOf(agentId: string) {
  const rows = await database().authorizationLink.findMany({ where: { agentId }, orderBy: { id: 'asc' } })
  return rows.map(({ tokenHash, ...row }) => ({ ...row, address: text(row.address) }))
}

/** What the outbox holds of an account, oldest first; `isKept`: its text is still there. */
export async function outboxOf(accountId: string) {
  const rows = await database().outboxMail.findMany({ where: { accountId }, orderBy: { id: 'asc' } })
  return rows.map(({ kind, sentAt, failedAt, attempts, lastError, sealed }) => ({
    ...{ kind, sentAt, failedAt, attempts, lastError },
    isKept: sealed !== null,
  }))
}

/** How often the list of an account was changed, one for its making included. */
export async function versionOf(accountId: string): Promise<number> {
  return (await database().account.findUniqueOrThrow({ where: { id: accountId } })).allowlistVersion
}

/** How many admins could sign in. */
export async function activeAdminsOf(accountId: string): Promise<number> {
  return database().agent.count({ where: { accountId, role: 'ADMIN', enabled: true } })
}

/** How many phones were ever signed in. */
export async function devicesOf(accountId: string): Promise<number> {
  return database().mobileDevice.count({ where: { accountId } })
}

/** SQLite's own word about its file; PostgreSQL has none. */
export async function integrity(): Promise<string> {
  if (openKind() === 'postgresql') return 'ok'
  const [row] = await database().$queryRaw<{ integrity_check: string }[]>`PRAGMA integrity_check`
  return row?.integrity_check ?? 'no answer'
}

function text(address: string | null): string | null {
  return address && formatAddress(address as Address)
}
