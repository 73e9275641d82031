import type { Surface } from './allowlist'
import { PERMISSIONS, type Permission } from './permissions'

/** Addresses of screens that code on several floors has to know. */
export const PATHS = {
  signIn: '/sign-in',
  secondFactor: '/sign-in/second-factor',
  blocked: '/blocked',
  setup: '/setup',
  resetPassword: '/reset-password',
  passwordChanged: '/sign-in?changed=password',
  acceptInvite: '/accept-invite',
  invitationAccepted: '/sign-in?changed=invitation',
  signInEnded: '/sign-in?changed=sign-in',
  refusalOver: '/sign-in?changed=refusal',
  authorizeIp: '/authorize-ip',
  controlPanel: '/control-panel',
  agentConsole: '/agent-console',
  ownFactors: '/agent-console/second-factor',
  ownNotices: '/agent-console#notices',
  security: '/control-panel/global-settings/security',
  ipAllowlist: '/control-panel/global-settings/security/ip-allowlist',
  importRanges: '/control-panel/global-settings/security/ip-allowlist/import',
  signInLog: '/control-panel/global-settings/security/sign-in-log',
  auditLog: '/control-panel/global-settings/security/audit-log',
  factorSettings: '/control-panel/global-settings/security/second-factor',
  agents: '/control-panel/global-settings/people/agents',
} as const

/**
 * The place to go after sign-in out of a return address, or null: only absolute paths within the two signed-in
 * areas are taken, so a link can't send anybody to another site.
 */
export function parseDestination(text: string | null | undefined): string | null {
  if (!text || !/^\/(?![/\\])[\x21-\x7e]*$/.test(text) || text.includes('\\')) return null
  const { pathname, search } = new URL(text, 'http://gatehouse.invalid')
  return isWithin(pathname, PATHS.controlPanel) || isWithin(pathname, PATHS.agentConsole)
    ? pathname + search
    : null
}

/** The surface that a place belongs to. */
export function surfaceOf(pathname: string): Extract<Surface, 'CONTROL_PANEL' | 'AGENT_CONSOLE'> {
  return isWithin(pathname.split('?')[0] ?? '', PATHS.controlPanel) ? 'CONTROL_PANEL' : 'AGENT_CONSOLE'
}

/** What a page of the Control Panel asks for; of several, any one is enough. */
export function permissionsFor(pathname: string): readonly Permission[] {
  if (isWithin(pathname, PATHS.agents)) return ['MANAGE_AGENTS']
  return isWithin(pathname, PATHS.security) ? ['MANAGE_SECURITY'] : PERMISSIONS
}

/** Where somebody lands who was going nowhere in particular. */
export function homeOf(hasAnyPermission: boolean): string {
  return hasAnyPermission ? PATHS.controlPanel : PATHS.agentConsole
}

function isWithin(pathname: string, area: string): boolean {
  return pathname === area || pathname.startsWith(`${area}/`)
}
