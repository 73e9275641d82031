import { isPermitted, type Rights, type Role } from './permissions'

export const ROLE_WORDS: Readonly<Record<Role, string>> = { ADMIN: 'Admin', AGENT: 'Agent' }

/** The rights alone of somebody who has more to them; all that a browser needs to know of the person who asks. */
export function rightsOf({ role, managesSecurity, managesAgents }: Rights): Rights {
  return { role, managesSecurity, managesAgents }
}

/** The permissions in a few words, for a table. */
export function describePermissions(rights: Rights): string {
  if (rights.role === 'ADMIN') return 'All permissions'
  const held = [rights.managesSecurity && 'Manage Security', rights.managesAgents && 'Manage Agents']
  return held.filter(Boolean).join(', ') || 'None'
}

/** What somebody with these rights will be able to do, as sentences for a dialog. */
export function describeRights(rights: Rights): string[] {
  const sentences = ['Can sign in and use the Agent Console.']
  if (isPermitted(rights, 'MANAGE_SECURITY'))
    sentences.push('Can turn the IP Allowlist on and off and change its ranges and settings.')
  if (isPermitted(rights, 'MANAGE_AGENTS'))
    sentences.push('Can add and disable agents, end their sessions and give them new passwords.')
  sentences.push(
    rights.role === 'ADMIN'
      ? 'Can make others admins and change other admins. When the allowlist refuses an address, can authorize it by e-mail.'
      : 'When the allowlist refuses an address, has to ask an admin for access.',
  )
  return sentences
}
