import { Prisma } from '@/prisma/generated/sqlite/client/client'
import type { Address } from '../core/address'
import { AGENTS_PER_PAGE, type AgentListing, type AgentSort, type AgentStatus } from '../core/agent-listing'
import type { Surface } from '../core/allowlist'
import { type Actor, type Rights, type Role, requirePermitted } from '../core/permissions'
import { containing } from './containing'
import { database } from './database'

/** One line of the list of agents: somebody who is one, or is invited to be one. */
export interface AgentLine extends Rights {
  id: string
  name: string
  email: string
  enabled: boolean
  /** Of the invited, `id` is that of the invitation. */
  status: AgentStatus
  /** When the invitation ends; null for an agent. */
  invitedUntil: Date | null
  passwordTemporary: boolean
  /** A second factor is in force; never for the invited. */
  hasFactor: boolean
  version: number
  lastSignIn: { at: Date; surface: Surface; address: Address | null; device: string } | null
}

export interface AgentPage {
  agents: AgentLine[]
  /** How many match the search, on all pages. */
  total: number
  /** Active admins of the account, counted up to two: the only one can be neither demoted nor disabled. */
  activeAdmins: number
  page: number
  pages: number
}

/** One page of the account's agents and invited, searched by name and e-mail. A page past the end is the last one. */
export async function listAgents(actor: Actor, listing: AgentListing): Promise<AgentPage> {
  requirePermitted(actor, 'MANAGE_AGENTS')
  const matches = matching(actor.accountId, listing)
  const { accountId } = actor
  const activeAdmins = await countRows(Prisma.sql`
    SELECT 1 FROM "Agent" WHERE "accountId" = ${accountId} ${ROLE_IS.ADMIN} AND "enabled" LIMIT 2`)
  const total = await countRows(matches)
  const pages = Math.max(1, Math.ceil(total / AGENTS_PER_PAGE))
  const page = Math.min(Math.max(1, listing.page), pages)
  // `|| ''` keeps SQLite at the index by agent and time; by outcome it would read every sign-in of the account.
  const rows = await database().$queryRaw<Row[]>`
    SELECT g.*, e."at", e."surface", e."address", e."device", ${hasFactor('g')} AS "hasFactor"
    FROM (
      SELECT g.* FROM (${matches}) g ORDER BY ${order(listing)}
      LIMIT ${AGENTS_PER_PAGE} OFFSET ${(page - 1) * AGENTS_PER_PAGE}
    ) g LEFT JOIN "SignInEvent" e ON e."id" = (
      SELECT l."id" FROM "SignInEvent" l
      WHERE l."accountId" = ${accountId} AND l."agentId" = g."id" AND l."outcome" || '' = 'admitted'
      ORDER BY l."at" DESC LIMIT 1)
    ORDER BY ${order(listing)}`
  return { agents: rows.map(toLine), total, activeAdmins, page, pages }
}

/** Agents, and the invited who have not accepted, as one table. */
function matching(accountId: string, listing: AgentListing): Prisma.Sql {
  const own = Prisma.sql`"accountId" = ${accountId} ${searched(listing)} ${inRole(listing)}`
  const agents = Prisma.sql`
    SELECT "id", "name", "email", "role", "managesSecurity", "managesAgents", "passwordTemporary", "version",
           "lastSignInAt", NULL AS "invitedUntil", CASE WHEN "enabled" THEN 0 ELSE 2 END AS "standing"
    FROM "Agent" a WHERE ${own} ${withFactor(listing)}`
  const invited = Prisma.sql`
    SELECT "id", "name", "email", "role", "managesSecurity", "managesAgents",
           "temporaryHash" IS NOT NULL AS "passwordTemporary", 1 AS "version",
           NULL AS "lastSignInAt", "expiresAt" AS "invitedUntil", 1 AS "standing"
    FROM "Invitation" WHERE ${own} AND "closedAt" IS NULL`
  // The invited can't have a second factor yet: they are neither with nor without.
  const status = listing.status ?? (listing.factor ? 'agents' : null)
  switch (status) {
    case 'agents':
      return agents
    case 'active':
      return Prisma.sql`${agents} AND "enabled"`
    case 'disabled':
      return Prisma.sql`${agents} AND NOT "enabled"`
    case 'invited':
      return listing.factor ? Prisma.sql`${invited} AND 1 = 0` : invited
    case null:
      return Prisma.sql`${agents} UNION ALL ${invited}`
  }
}

function searched({ search }: AgentListing): Prisma.Sql {
  if (!search) return Prisma.empty
  return Prisma.sql`AND (${containing(Prisma.sql`"name"`, search)} OR ${containing(Prisma.sql`"email"`, search)})`
}

/** Text of this file alone gets into the statement: PostgreSQL takes no parameter for an enum. */
const ROLE_IS = { ADMIN: Prisma.raw(`AND "role" = 'ADMIN'`), AGENT: Prisma.raw(`AND "role" = 'AGENT'`) }

function inRole({ role }: AgentListing): Prisma.Sql {
  return role ? ROLE_IS[role] : Prisma.empty
}

/** Recovery codes alone are no second factor. */
function hasFactor(agent: 'a' | 'g'): Prisma.Sql {
  const id = Prisma.raw(`${agent}."id"`)
  return Prisma.sql`(
    EXISTS (SELECT 1 FROM "TotpFactor" t WHERE t."agentId" = ${id} AND t."confirmedAt" IS NOT NULL)
    OR EXISTS (SELECT 1 FROM "Passkey" k WHERE k."agentId" = ${id}))`
}

function withFactor({ factor }: AgentListing): Prisma.Sql {
  switch (factor) {
    case 'with':
      return Prisma.sql`AND ${hasFactor('a')}`
    case 'without':
      return Prisma.sql`AND NOT ${hasFactor('a')}`
    case null:
      return Prisma.empty
  }
}

async function countRows(rows: Prisma.Sql): Promise<number> {
  const [row] = await database().$queryRaw<{ count: number | bigint }[]>`
    SELECT COUNT(*) AS "count" FROM (${rows}) g`
  return Number(row?.count ?? 0)
}

/** Text of this file alone gets into the statement, never text of the request. */
const ORDER: Readonly<Record<AgentSort, readonly [ascending: string, descending: string]>> = {
  name: ['LOWER(g."name"), g."id"', 'LOWER(g."name") DESC, g."id" DESC'],
  role: ['g."role", LOWER(g."name"), g."id"', 'g."role" DESC, LOWER(g."name"), g."id"'],
  status: ['g."standing", LOWER(g."name"), g."id"', 'g."standing" DESC, LOWER(g."name"), g."id"'],
  'last-sign-in': [
    'g."lastSignInAt" IS NOT NULL, g."lastSignInAt", g."id"',
    'g."lastSignInAt" IS NULL, g."lastSignInAt" DESC, g."id"',
  ],
}

function order({ sort, descending }: AgentListing): Prisma.Sql {
  return Prisma.raw(ORDER[sort][descending ? 1 : 0])
}

type Row = Record<'id' | 'name' | 'email' | 'role', string> &
  Record<'managesSecurity' | 'managesAgents' | 'passwordTemporary' | 'hasFactor', boolean | number> &
  Record<'version' | 'standing', number | bigint> & {
    invitedUntil: string | Date | number | null
    at: string | Date | null
    surface: Surface | null
    address: string | null
    device: string | null
  }

/** By their standing in the statement. */
const STATUSES: readonly AgentStatus[] = ['active', 'invited', 'disabled']

function toLine(row: Row): AgentLine {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role as Role,
    managesSecurity: Boolean(row.managesSecurity),
    managesAgents: Boolean(row.managesAgents),
    enabled: Number(row.standing) !== 2,
    status: STATUSES[Number(row.standing)] ?? 'disabled',
    invitedUntil: row.invitedUntil === null ? null : new Date(row.invitedUntil),
    passwordTemporary: Boolean(row.passwordTemporary),
    hasFactor: Boolean(row.hasFactor),
    version: Number(row.version),
    lastSignIn:
      row.at && row.surface
        ? {
            at: new Date(row.at),
            surface: row.surface,
            address: row.address as Address | null,
            device: row.device ?? '',
          }
        : null,
  }
}
