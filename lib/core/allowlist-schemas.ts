import { z } from 'zod'
import { EmailSchema } from './agent-schemas'
import { CONSENTS, type Consent } from './allowlist-change'
import { EXPIRY_CHOICES, parseExpiry } from './expiry'
import { describeProblems } from './import-words'
import { describeRangeProblem, parseRange, trimPasted } from './range'
import { cutDescription, parseDescription } from './range-description'
import { findExcess, PASTED_MAX, parseRangeList } from './range-list'

const INCOMPLETE = 'The form is incomplete. Reload the page and try again.'

/** Answers given so far, as `anyway,covers-everything`; unknown ones are left out. */
const Consents = z
  .string()
  .default('')
  .transform((text): Consent[] => CONSENTS.filter((consent) => text.split(',').includes(consent)))

/** The check box "Keep without confirmation". */
const Keep = z
  .string()
  .optional()
  .transform((value) => value === 'on')

const Id = z.string(INCOMPLETE).regex(/^[0-9a-zA-Z-]{1,64}$/, INCOMPLETE)
const Version = z.coerce.number(INCOMPLETE).int(INCOMPLETE).min(0, INCOMPLETE).max(2_147_483_647, INCOMPLETE)
const OnOff = z.enum(['on', 'off'], INCOMPLETE).transform((value) => value === 'on')

/** What a range is called. */
export const DescriptionSchema = z
  .string()
  .default('')
  .transform((text, context) => {
    const parsed = parseDescription(text)
    if (parsed.ok) return parsed.description
    context.addIssue({ code: 'custom', message: parsed.problem, input: text })
    return z.NEVER
  })

const RangeFields = z.object({
  start: z.string('Enter an IP address.').transform(trimPasted),
  end: z.string().default('').transform(trimPasted),
  description: DescriptionSchema,
  expires: z.enum(EXPIRY_CHOICES, 'Choose when the range expires.').default('never'),
  expiresAt: z.string().default('').transform(trimPasted),
  consents: Consents,
  keep: Keep,
})

type Fields = z.infer<typeof RangeFields>

/** Text of the two fields to a range, with a field error in plain words when it isn't one. */
function withRange<T extends Fields>(fields: T, context: z.RefinementCtx<T>) {
  const parsed = parseRange(fields)
  const expiry = parseExpiry(fields.expires, fields.expiresAt)
  if (!parsed.ok) issue(context, parsed.problem.field, describeRangeProblem(parsed.problem))
  if (!expiry.ok) issue(context, 'expiresAt', expiry.problem)
  return parsed.ok && expiry.ok ? { ...fields, range: parsed.range, expiry: expiry.expiry } : z.NEVER
}

function issue<T>(context: z.RefinementCtx<T>, field: string, message: string): void {
  context.addIssue({ code: 'custom', path: [field], message, input: undefined })
}

/** "New IP Range". */
export const NewRangeSchema = RangeFields.transform(withRange)

/** "Import": first what it would do, then the deed. */
export const RangeImportSchema = z
  .object({
    text: z.string(INCOMPLETE),
    step: z.enum(['preview', 'import'], INCOMPLETE),
    consents: Consents,
    keep: Keep,
  })
  .transform((fields, context) => {
    const excess = findExcess(fields.text, PASTED_MAX)
    if (excess) issue(context, 'text', excess)
    const list = excess === null ? parseRangeList(fields.text) : null
    if (!list) return z.NEVER
    if (list.problems.length > 0) issue(context, 'text', describeProblems(list))
    else if (list.ranges.length === 0) issue(context, 'text', 'Enter at least one range.')
    return { ...fields, list }
  })

/** A range that the screen offers to add, as `formatRange` writes it. */
export const OfferedRangeSchema = z
  .object({
    range: z.string(INCOMPLETE),
    description: z.string().default('').transform(cutDescription),
    consents: Consents,
    keep: Keep,
  })
  .transform((fields, context) => {
    const parsed = parseRange({ start: fields.range })
    if (parsed.ok) return { ...fields, range: parsed.range }
    issue(context, 'range', describeRangeProblem(parsed.problem))
    return z.NEVER
  })

/** "Edit": `version` is the one the form was filled in from. */
export const RangeEditSchema = RangeFields.extend({ id: Id, version: Version }).transform(withRange)

export const RangeSwitchSchema = z.object({ id: Id, to: OnOff, consents: Consents, keep: Keep })

export const RangeDeletionSchema = z.object({ id: Id, version: Version, consents: Consents, keep: Keep })

/** A switch of the page; `endSessions` is the check box "End N sessions outside the list". */
export const AllowlistSwitchSchema = z.object({
  to: OnOff,
  consents: Consents,
  keep: Keep,
  endSessions: z
    .string()
    .optional()
    .transform((value) => value === 'on'),
})

/** A button that needs nothing but answers. */
export const ConsentSchema = z.object({ consents: Consents, keep: Keep })

/** A change that has to be confirmed, and what becomes of it. */
export const UnconfirmedSchema = z.object({
  id: Id,
  decision: z.enum(['confirm', 'revert'], INCOMPLETE),
  consents: Consents,
  keep: Keep,
})

/** Empty: the admins' own addresses are shown again. */
export const ContactSchema = z.object({
  contactEmail: z.union([z.literal(''), EmailSchema], {
    error: ({ input }) =>
      String(input).length > 254
        ? 'An e-mail address has at most 254 characters.'
        : 'This is not an e-mail address. Example: security@example.com.',
  }),
})
