import { ROLES, type Role } from './permissions'

/** By what the list of agents can be sorted. */
export const AGENT_SORTS = ['name', 'role', 'status', 'last-sign-in'] as const
export type AgentSort = (typeof AGENT_SORTS)[number]

/** How somebody stands: invited until they accept. */
export const AGENT_STATUSES = ['active', 'invited', 'disabled'] as const
export type AgentStatus = (typeof AGENT_STATUSES)[number]

/** Whether somebody has a second factor. */
export const AGENT_FACTORS = ['with', 'without'] as const
export type AgentFactor = (typeof AGENT_FACTORS)[number]

export const AGENTS_PER_PAGE = 25

/** Which part of the agents a screen shows, as its address says. */
export interface AgentListing {
  search: string
  /** Only these; null: all. */
  status: AgentStatus | null
  role: Role | null
  /** With a second factor in force, or without; only agents have one or lack one. */
  factor: AgentFactor | null
  sort: AgentSort
  descending: boolean
  /** From 1. */
  page: number
}

/** Reads the listing out of an address (`?q=ana&status=active&role=admin&factor=without&sort=-last-sign-in&page=2`); what makes no sense is left at its default. */
export function parseAgentListing(query: Record<string, string | string[] | undefined>): AgentListing {
  const text = (name: string) => {
    const value = query[name]
    return (Array.isArray(value) ? value[0] : value) ?? ''
  }
  const sort = text('sort')
  const wanted = AGENT_SORTS.find((known) => known === sort.replace(/^-/, ''))
  const page = /^[1-9][0-9]{0,5}$/.test(text('page')) ? Number(text('page')) : 1
  const search = text('q')
    .replace(/\p{Cc}/gu, ' ')
    .trim()
    .slice(0, 100)
  return {
    search,
    status: AGENT_STATUSES.find((known) => known === text('status')) ?? null,
    role: ROLES.find((known) => known.toLowerCase() === text('role')) ?? null,
    factor: AGENT_FACTORS.find((known) => known === text('factor')) ?? null,
    sort: wanted ?? 'name',
    descending: wanted !== undefined && sort.startsWith('-'),
    page,
  }
}

/** The address of a listing, relative to its screen; defaults are left out. */
export function formatAgentListing(listing: AgentListing): string {
  const query = new URLSearchParams()
  if (listing.search) query.set('q', listing.search)
  if (listing.status) query.set('status', listing.status)
  if (listing.role) query.set('role', listing.role.toLowerCase())
  if (listing.factor) query.set('factor', listing.factor)
  if (listing.sort !== 'name' || listing.descending)
    query.set('sort', `${listing.descending ? '-' : ''}${listing.sort}`)
  if (listing.page > 1) query.set('page', String(listing.page))
  const text = query.toString()
  return text && `?${text}`
}
