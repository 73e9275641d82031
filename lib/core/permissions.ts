import type { Address } from './address'

export const ROLES = ['ADMIN', 'AGENT'] as const
export type Role = (typeof ROLES)[number]

export const PERMISSIONS = ['MANAGE_SECURITY', 'MANAGE_AGENTS'] as const
export type Permission = (typeof PERMISSIONS)[number]

/** What decides the rights of a person: the role, and permissions granted one by one. */
export interface Rights {
  role: Role
  managesSecurity: boolean
  managesAgents: boolean
}

/** Who does something, from where and by which way. The data layer asks this, never the screen. */
export interface Actor extends Rights {
  accountId: string
  /** null: the operator at the command line, or Gatehouse itself. */
  agentId: string | null
  name: string
  via: 'web' | 'mobile' | 'link' | 'cli' | 'system'
  address: Address | null
}

/** An admin has all permissions. */
export function isPermitted(rights: Rights, permission: Permission): boolean {
  if (rights.role === 'ADMIN') return true
  switch (permission) {
    case 'MANAGE_SECURITY':
      return rights.managesSecurity
    case 'MANAGE_AGENTS':
      return rights.managesAgents
  }
}

export function hasAnyPermission(rights: Rights): boolean {
  return PERMISSIONS.some((permission) => isPermitted(rights, permission))
}

/** Nobody grants what they don't hold; only an admin makes an admin or changes another admin. */
export function mayChange(actor: Rights, before: Rights | null, after: Rights): boolean {
  if (!isPermitted(actor, 'MANAGE_AGENTS')) return false
  if (actor.role === 'ADMIN') return true
  if (before?.role === 'ADMIN' || after.role === 'ADMIN') return false
  const granted = PERMISSIONS.filter(
    (permission) => isPermitted(after, permission) && !(before && isPermitted(before, permission)),
  )
  return granted.every((permission) => isPermitted(actor, permission))
}

/** Thrown by the data layer when the actor lacks the permission; screens answer with the 403 page. */
export class NotPermitted extends Error {
  constructor(readonly permission: Permission) {
    super(`This needs the permission ${permission}.`)
  }
}

/** Promises that the actor holds the permission; throws NotPermitted. */
export function requirePermitted(actor: Rights, permission: Permission): void {
  if (!isPermitted(actor, permission)) throw new NotPermitted(permission)
}
