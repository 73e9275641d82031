import { Prisma } from '@/prisma/generated/sqlite/client/client'
import type { Address } from '../core/address'
import { AGENTS_PER_PAGE, type AgentListing, type AgentSort } from '../core/agent-listing'
import type { Surface } from '../core/allowlist'
import { type Actor, type Rights, type Role, requirePermitted } from '../core/permissions'
import { database } from './database'

/** One line of the list of agents. */
export interface AgentLine extends Rights {
  id: string
  name: string
  email: string
  enabled: boolean
  passwordTemporary: boolean
  version: number
  lastSignIn: { at: Date; surface: Surface; address: Address | null; device: string } | null
}

export interface AgentPage {
  agents: AgentLine[]
  /** How many match the search, on all pages. */
  total: number
  /** Active admins of the account; the only one can be neither demoted nor disabled. */
  activeAdmins: number
  page: number
  pages: number
}

/** One page of the account's agents, searched by name and e-mail. A page past the end is the last one. */
export async function listAgents(actor: Actor, listing: AgentListing): Promise<AgentPage> {
  requirePermitted(actor, 'MANAGE_AGENTS')
  const matches = matching(actor.accountId, listing.search)
  const { accountId } = actor
  const activeAdmins = await database().agent.count({ where: { accountId, role: 'ADMIN', enabled: true } })
  const total = await countMatches(matches)
  const pages = Math.max(1, Math.ceil(total / AGENTS_PER_PAGE))
  const page = Math.min(Math.max(1, listing.page), pages)
  const rows = await database().$queryRaw<Row[]>`
    SELECT g."id", g."name", g."email", g."role", g."managesSecurity", g."managesAgents", g."enabled",
           g."passwordTemporary", g."version", e."at", e."surface", e."address", e."device"
    FROM "Agent" g LEFT JOIN "SignInEvent" e ON e."id" = (
      SELECT l."id" FROM "SignInEvent" l
      WHERE l."accountId" = g."accountId" AND l."agentId" = g."id" AND l."outcome" = 'admitted'
      ORDER BY l."at" DESC LIMIT 1)
    WHERE g."id" IN (
      SELECT g."id" FROM "Agent" g WHERE ${matches} ORDER BY ${order(listing)}
      LIMIT ${AGENTS_PER_PAGE} OFFSET ${(page - 1) * AGENTS_PER_PAGE})
    ORDER BY ${order(listing)}`
  return { agents: rows.map(toLine), total, activeAdmins, page, pages }
}

/** LIKE with its wildcards taken literally; ASCII letters match whatever their case, on both databases. */
function matching(accountId: string, search: string): Prisma.Sql {
  const own = Prisma.sql`g."accountId" = ${accountId}`
  if (!search) return own
  const pattern = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  return Prisma.sql`${own} AND (LOWER(g."name") LIKE ${pattern} ESCAPE '\\' OR g."email" LIKE ${pattern} ESCAPE '\\')`
}

async function countMatches(matches: Prisma.Sql): Promise<number> {
  const [row] = await database().$queryRaw<{ count: number | bigint }[]>`
    SELECT COUNT(*) AS "count" FROM "Agent" g WHERE ${matches}`
  return Number(row?.count ?? 0)
}

/** Text of this file alone gets into the statement, never text of the request. */
const ORDER: Readonly<Record<AgentSort, readonly [ascending: string, descending: string]>> = {
  name: ['LOWER(g."name"), g."id"', 'LOWER(g."name") DESC, g."id" DESC'],
  role: ['g."role", LOWER(g."name"), g."id"', 'g."role" DESC, LOWER(g."name"), g."id"'],
  status: ['g."enabled" DESC, LOWER(g."name"), g."id"', 'g."enabled", LOWER(g."name"), g."id"'],
  'last-sign-in': [
    'g."lastSignInAt" IS NOT NULL, g."lastSignInAt", g."id"',
    'g."lastSignInAt" IS NULL, g."lastSignInAt" DESC, g."id"',
  ],
}

function order({ sort, descending }: AgentListing): Prisma.Sql {
  return Prisma.raw(ORDER[sort][descending ? 1 : 0])
}

type Row = Record<'id' | 'name' | 'email' | 'role', string> &
  Record<'managesSecurity' | 'managesAgents' | 'enabled' | 'passwordTemporary', boolean | number> & {
    version: number | bigint
    at: string | Date | null
    surface: Surface | null
    address: string | null
    device: string | null
  }

function toLine(row: Row): AgentLine {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role as Role,
    managesSecurity: Boolean(row.managesSecurity),
    managesAgents: Boolean(row.managesAgents),
    enabled: Boolean(row.enabled),
    passwordTemporary: Boolean(row.passwordTemporary),
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
