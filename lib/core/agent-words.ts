import { isPermitted, PERMISSIONS, type Permission, type Rights, type Role } from './permissions'

export const ROLE_WORDS: Readonly<Record<Role, string>> = { ADMIN: 'Admin', AGENT: 'Agent' }

export const PERMISSION_WORDS: Readonly<Record<Permission, string>> = {
  MANAGE_SECURITY: 'Manage Security',
  MANAGE_AGENTS: 'Manage Agents',
}

/** The rights alone of somebody who has more to them; all that a browser needs to know of the person who asks. */
export function rightsOf({ role, managesSecurity, managesAgents }: Rights): Rights {
  return { role, managesSecurity, managesAgents }
}

/** An admin has all permissions by the role alone; what was ticked before counts no more after a demotion. */
export function normalRights({ role, managesSecurity, managesAgents }: Rights): Rights {
  const isAdmin = role === 'ADMIN'
  return { role, managesSecurity: !isAdmin && managesSecurity, managesAgents: !isAdmin && managesAgents }
}

/** The permissions in a few words, for a table. */
export function describePermissions(rights: Rights): string {
  if (rights.role === 'ADMIN') return 'All permissions'
  const held = PERMISSIONS.filter((permission) => isPermitted(rights, permission))
  return held.map((permission) => PERMISSION_WORDS[permission]).join(', ') || 'None'
}

/** What somebody with these rights will be able to do, as items of a list for a dialog. */
export function describeRights(rights: Rights): string[] {
  const items = ['Sign in and use the Agent Console']
  if (isPermitted(rights, 'MANAGE_SECURITY'))
    items.push(
      'Turn the IP Allowlist on and off, change its ranges and settings',
      'Read who signed in from where, and who changed what',
    )
  if (isPermitted(rights, 'MANAGE_AGENTS'))
    items.push(
      'Invite and disable agents, and end their sessions',
      'Give them new passwords, and reset their second factor',
    )
  if (rights.role === 'ADMIN')
    items.push('Make others admins and change other admins', 'Authorize a refused IP address by e-mail')
  else items.push('Ask an admin for access when an IP address is refused')
  return items
}
