import { describePermissions, ROLE_WORDS } from './agent-words'
import type { AuditAction } from './audit'
import type { Actor, Rights } from './permissions'

/** What happened to the subject, as it goes on behind the name of who did it. */
const PHRASES: Readonly<Record<AuditAction, (subject: string) => string>> = {
  'account.created': (name) => `made the account “${name}”`,
  'account.contact_changed': () => 'changed whom refused people are told to write to',
  'account.factor_required': () => 'made a second factor required',
  'account.factor_released': () => 'made a second factor optional',
  'account.log_kept_changed': () => 'changed how long sign-ins are kept',
  'allowlist.turned_on': () => 'turned the IP Allowlist on',
  'allowlist.turned_off': () => 'turned the IP Allowlist off',
  'allowlist.resumed': () => 'turned the IP Allowlist on again when its time off was over',
  'allowlist.mobile_enforced': () => 'turned “IP Allowlist for mobile access” on',
  'allowlist.mobile_released': () => 'turned “IP Allowlist for mobile access” off',
  'allowlist.every_request_checked': () => 'turned “Check every request” on',
  'allowlist.every_request_released': () => 'turned “Check every request” off',
  'range.added': (name) => `added the range ${name}`,
  'range.imported': (name) => `imported ${name}`,
  'range.edited': (name) => `edited the range ${name}`,
  'range.enabled': (name) => `enabled the range ${name}`,
  'range.disabled': (name) => `disabled the range ${name}`,
  'range.deleted': (name) => `deleted the range ${name}`,
  'change.held': (change) => `made a change that shuts them out, so it has to be confirmed: ${change}`,
  'change.confirmed': (change) => `confirmed a change: ${change}`,
  'change.reverted': (change) => `undid an unconfirmed change: ${change}`,
  'change.not_reverted': (change) => `could not undo an unconfirmed change: ${change}`,
  'suggestion.dismissed': (name) => `dismissed the suggested range ${name}`,
  'agent.added': (name) => `added the agent ${name}`,
  'agent.edited': (name) => `edited the agent ${name}`,
  'agent.enabled': (name) => `enabled the agent ${name}`,
  'agent.disabled': (name) => `disabled the agent ${name}`,
  'agent.password_changed': (name) => `changed the password of ${name}`,
  'agent.password_reset': (name) => `gave ${name} a new password`,
  'agent.reset_requested': (name) => `asked for a link to choose a new password for ${name}`,
  'agent.notices_chosen': () => 'chose which notices to get by e-mail',
  'invitation.sent': (name) => `invited ${name}`,
  'invitation.resent': (name) => `sent the invitation of ${name} again`,
  'invitation.withdrawn': (name) => `withdrew the invitation of ${name}`,
  'factor.added': (name) => `added the second factor ${name}`,
  'factor.removed': (name) => `removed the second factor ${name}`,
  'factor.reset': (name) => `took the second factors of ${name} away`,
  'factor.codes_made': () => 'made new recovery codes',
  'factor.code_used': () => 'used a recovery code',
  'session.started': (name) => `began a session of ${name}`,
  'session.ended': (name) => `ended sessions of ${name}`,
  'device.started': (name) => `signed the device ${name} in`,
  'device.ended': (name) => `signed the device ${name} out`,
  'approval.requested': (name) => `asked another admin to approve ${name}`,
  'approval.granted': (name) => `approved that ${name} is authorized`,
  'approval.refused': (name) => `refused that ${name} is authorized`,
  'link.requested': (name) => `asked for a link to authorize ${name}`,
  'link.consumed': (name) => `used a link to authorize ${name}`,
  'link.denied': (name) => `denied having asked for a link to authorize ${name}`,
  'link.killed': (name) => `made a link to authorize ${name} worthless by wrong codes`,
  'log.exported': (name) => `downloaded the ${name}`,
}

/** "Ana Silva turned the IP Allowlist on". An action of another version is told by its name. */
export function describeChange(change: { actorName: string; action: string; subjectName: string }): string {
  const phrase = (PHRASES as Record<string, ((subject: string) => string) | undefined>)[change.action]
  const deed = phrase
    ? phrase(change.subjectName)
    : `did “${nameAction(change.action)}” to ${change.subjectName}`
  return `${change.actorName} ${deed}`
}

/** "Range added", as a filter offers it. */
export function nameAction(action: string): string {
  const words = action.replace('.', ' ').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const WAYS: Readonly<Record<Actor['via'], string>> = {
  web: 'On the web',
  mobile: 'In the mobile app',
  link: 'By a link in an e-mail',
  cli: 'At the command line',
  system: 'Gatehouse by itself',
}

/** By which way somebody did it. */
export function describeWay(via: string): string {
  return (WAYS as Record<string, string | undefined>)[via] ?? nameAction(via)
}

/** One thing that is another now. Null: it was not there, or is not there any more. */
export interface Difference {
  name: string
  before: string | null
  after: string | null
}

/** What a change made different, out of the JSON of both states; what stayed as it was is left out. */
export function compareStates(before: string | null, after: string | null): Difference[] {
  const [old, now] = [readState(before), readState(after)]
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  return names
    .map((name) => ({
      name: nameField(name),
      before: name in old ? inWords(old[name], name) : null,
      after: name in now ? inWords(now[name], name) : null,
    }))
    .filter((one) => one.before !== one.after)
}

function readState(json: string | null): Record<string, unknown> {
  if (json === null) return {}
  try {
    const state: unknown = JSON.parse(json)
    return isRecord(state) ? withPermissions(state) : { state }
  } catch {
    // Somebody tampered with it; shown as it is.
    return { state: json }
  }
}

/** An admin has every permission by the role alone, so what was ticked tells nothing: rights are told as on the Agents screen. */
function withPermissions(state: Record<string, unknown>): Record<string, unknown> {
  const { managesSecurity, managesAgents, ...rest } = state
  if (!isRole(state.role) || typeof managesSecurity !== 'boolean' || typeof managesAgents !== 'boolean')
    return state
  const rights: Rights = { role: state.role, managesSecurity, managesAgents }
  return { ...rest, permissions: describePermissions(rights) }
}

function isRole(value: unknown): value is Rights['role'] {
  return typeof value === 'string' && Object.hasOwn(ROLE_WORDS, value)
}

/** "managesSecurity" as "Manages security". */
function nameField(name: string): string {
  const words = name.replace(
    /([a-z])([A-Z])/g,
    (_, end: string, begin: string) => `${end} ${begin.toLowerCase()}`,
  )
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What a code of a field means; people type none of these. */
const CODES: Readonly<Record<string, (code: string) => string>> = {
  role: (code) => (isRole(code) ? ROLE_WORDS[code] : code),
  origin: (code) => ORIGINS[code] ?? code,
  because: spaced,
  need: spaced,
  by: spaced,
}

const ORIGINS: Readonly<Record<string, string>> = {
  MANUAL: 'entered by hand',
  EMAIL: 'link in an e-mail',
  IMPORT: 'import',
  API: 'API',
  CLI: 'command line',
}

/** "ended-by-admin" as "ended by admin". */
function spaced(code: string): string {
  return code.replaceAll('-', ' ')
}

function inWords(value: unknown, name = ''): string {
  if (value === null || value === undefined || value === '') return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'string')
    return isInstant(value) ? `${value.slice(0, 16).replace('T', ' ')} UTC` : (CODES[name]?.(value) ?? value)
  if (Array.isArray(value) && value.every(isRecord)) return value.map(inOneLine).join('; ')
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}

/** One of several, by what is said in it. */
function inOneLine(record: Record<string, unknown>): string {
  return Object.values(record)
    .map((value) => inWords(value))
    .join(', ')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)
}
