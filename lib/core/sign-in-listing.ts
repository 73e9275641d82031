import { z } from 'zod'
import { SURFACES, type Surface } from './allowlist'
import { parameter } from './log-page'
import { type LogTime, parseLogTime } from './log-time'
import { describeRangeProblem, parseRange, type Range } from './range'

export const SIGN_IN_OUTCOMES = ['admitted', 'refused', 'failed'] as const
export type SignInOutcome = (typeof SIGN_IN_OUTCOMES)[number]

/** How long attempts are kept, as an account may choose. */
export const SIGN_INS_KEPT_DAYS = [30, 90, 180, 365] as const
export const SIGN_INS_KEPT_DEFAULT_DAYS = 90

/** Which attempts the Sign-in Log shows. */
export interface SignInFilter {
  /** Part of a name or e-mail address, or "". */
  person: string
  range: Range | null
  surface: Surface | null
  outcome: SignInOutcome | null
  time: LogTime
}

/** What the field of the person says where more people may be meant than the log tells apart. */
export const TOO_MANY_PEOPLE =
  'More than 20 people have this in their name or e-mail address. Type more of it.'

/** The fields of the filter, by their names in the address bar, as they were typed. */
export const SIGN_IN_FIELDS = ['person', 'ip', 'verdict', 'surface', 'from', 'to'] as const
export type SignInFields = Record<(typeof SIGN_IN_FIELDS)[number], string>

export type ParsedSignInFilter = { fields: SignInFields } & (
  | { ok: true; filter: SignInFilter }
  | { ok: false; problems: Partial<SignInFields> }
)

/** Reads the filter out of an address. One that can't be read keeps what was typed, and says what is wrong where. */
export function parseSignInFilter(
  query: Readonly<Record<string, string | string[] | undefined>>,
): ParsedSignInFilter {
  const fields = Object.fromEntries(
    SIGN_IN_FIELDS.map((name) => [name, parameter(query, name)]),
  ) as SignInFields
  const surface = SURFACES.find((known) => known === fields.surface)
  const outcome = SIGN_IN_OUTCOMES.find((known) => known === fields.verdict)
  const { time, problems: timeProblems } = parseLogTime(fields.from, fields.to)
  const parsed = fields.ip === '' ? null : parseRange({ start: fields.ip })
  const problems: Partial<SignInFields> = { ...timeProblems }
  if (parsed && !parsed.ok) problems.ip = describeRangeProblem(parsed.problem)
  if (fields.surface && !surface) problems.surface = 'There is no such surface. Choose one.'
  if (fields.verdict && !outcome) problems.verdict = 'There is no such verdict. Choose one.'
  if (Object.keys(problems).length > 0) return { ok: false, fields, problems }
  const range = parsed?.ok ? parsed.range : null
  const filter = { person: fields.person, range, surface: surface ?? null, outcome: outcome ?? null, time }
  return { ok: true, fields, filter }
}

export const KeepingSchema = z.object({
  days: z.coerce
    .number()
    .refine((days) => SIGN_INS_KEPT_DAYS.some((choice) => choice === days), 'Choose one of the times.'),
})
