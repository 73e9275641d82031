import { AUDIT_ACTIONS } from './audit'
import { parameter } from './log-page'
import { type LogTime, parseLogTime } from './log-time'

/** Which changes the Audit Log shows. */
export interface AuditFilter {
  /** Part of the name or e-mail address of who did it, or "". */
  person: string
  /** An action, or a noun such as `range` for all of its actions. */
  action: string | null
  time: LogTime
}

export const AUDIT_FIELDS = ['person', 'action', 'from', 'to'] as const
export type AuditFields = Record<(typeof AUDIT_FIELDS)[number], string>

export type ParsedAuditFilter = { fields: AuditFields } & (
  | { ok: true; filter: AuditFilter }
  | { ok: false; problems: Partial<AuditFields> }
)

/** The nouns of all actions, each once. */
export const AUDIT_NOUNS: readonly string[] = [
  ...new Set(AUDIT_ACTIONS.map((action) => action.split('.')[0] ?? '')),
]

/** The actions that a filter means: itself, or all those of a noun. */
export function actionsOf(action: string): readonly string[] {
  return action.includes('.') ? [action] : AUDIT_ACTIONS.filter((known) => known.startsWith(`${action}.`))
}

/** Reads the filter out of an address. One that can't be read keeps what was typed, and says what is wrong where. */
export function parseAuditFilter(
  query: Readonly<Record<string, string | string[] | undefined>>,
): ParsedAuditFilter {
  const fields = Object.fromEntries(AUDIT_FIELDS.map((name) => [name, parameter(query, name)])) as AuditFields
  const { time, problems: timeProblems } = parseLogTime(fields.from, fields.to)
  const problems: Partial<AuditFields> = { ...timeProblems }
  const action = [...AUDIT_ACTIONS, ...AUDIT_NOUNS].find((known) => known === fields.action)
  if (fields.action && !action) problems.action = 'There is no such change. Choose one.'
  if (Object.keys(problems).length > 0) return { ok: false, fields, problems }
  return { ok: true, fields, filter: { person: fields.person, action: action ?? null, time } }
}
