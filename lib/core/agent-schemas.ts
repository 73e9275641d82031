import { z } from 'zod'
import { ROLES } from './permissions'

export const EMAIL_MAX_CHARACTERS = 254
export const NAME_MAX_CHARACTERS = 100
export const PASSWORD_MIN_CHARACTERS = 12
export const PASSWORD_MAX_CHARACTERS = 128

/** E-mail addresses are kept lower-cased and trimmed, so that one person is one address (RFC 5321 length). */
export const EmailSchema = z
  .string('Enter an e-mail address.')
  .trim()
  .toLowerCase()
  .min(1, 'Enter an e-mail address.')
  .max(EMAIL_MAX_CHARACTERS, `An e-mail address has at most ${EMAIL_MAX_CHARACTERS} characters.`)
  .pipe(z.email('This is not an e-mail address. Example: ana@example.com.'))

/** A person's or a company's name: one line of 1 to 100 characters. */
export const NameSchema = z
  .string('Enter a name.')
  .trim()
  .min(1, 'Enter a name.')
  .max(NAME_MAX_CHARACTERS, `A name has at most ${NAME_MAX_CHARACTERS} characters.`)
  .regex(/^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u, 'A name is one line of plain text.')

/** A password somebody chooses: 12 to 128 characters, of whatever kind. Never trimmed. */
export const NewPasswordSchema = z
  .string('Enter a password.')
  .min(1, 'Enter a password.')
  .min(PASSWORD_MIN_CHARACTERS, {
    error: ({ input }) =>
      `Too short: ${lengthOf(input)}, and at least ${PASSWORD_MIN_CHARACTERS} are needed.`,
  })
  .max(PASSWORD_MAX_CHARACTERS, {
    error: ({ input }) =>
      `Too long: ${lengthOf(input)}, and at most ${PASSWORD_MAX_CHARACTERS} are possible.`,
  })

/** How far it is: the rule itself stands beside the field before anything is typed. */
function lengthOf(typed: unknown): string {
  const { length } = String(typed)
  return `this has ${length} ${length === 1 ? 'character' : 'characters'}`
}

/** A check box: sends "on" when ticked and nothing when not. */
const Ticked = z
  .string()
  .optional()
  .transform((value) => value === 'on')

const INCOMPLETE = 'The form is incomplete. Reload the page and try again.'
const Id = z.string(INCOMPLETE).regex(/^[\w-]{1,64}$/, INCOMPLETE)

const RightsFields = {
  role: z.enum(ROLES, 'Choose a role.'),
  managesSecurity: Ticked,
  managesAgents: Ticked,
}

/** First account and its first admin, at set-up and on the command line. */
export const NewAccountSchema = z.object({
  accountName: NameSchema,
  name: NameSchema,
  email: EmailSchema,
  password: NewPasswordSchema,
})
export type NewAccount = z.infer<typeof NewAccountSchema>

export const NewAgentSchema = z.object({ name: NameSchema, email: EmailSchema, ...RightsFields })
export type NewAgent = z.infer<typeof NewAgentSchema>

/** Who is invited to what, and how they get in. */
export const InviteSchema = NewAgentSchema.extend({
  by: z.enum(['mail', 'temporary-password'], 'Choose how they get in.'),
})

/** One invitation, chosen in a list. */
export const InvitationChoiceSchema = z.object({ invitationId: Id })

/** What an invited person chooses, with the link that was mailed. */
export const AcceptanceSchema = z.object({
  token: z.string().max(100),
  name: NameSchema,
  password: NewPasswordSchema,
})

/** `version` is the one the form was filled in from: an edit that somebody overtook is told from a good one. */
export const AgentEditSchema = z.object({
  agentId: Id,
  version: z.coerce.number(INCOMPLETE).int(INCOMPLETE),
  name: NameSchema,
  ...RightsFields,
})
export type AgentEdit = z.infer<typeof AgentEditSchema>

/** One agent, chosen in a list. */
export const AgentChoiceSchema = z.object({ agentId: Id })

export const AgentSwitchSchema = z.object({ agentId: Id, enabled: z.enum(['yes', 'no']) })

/** What of their own somebody ends: one web session, one phone, or all but the session at hand. */
export const OwnEndingSchema = z.object({
  end: z
    .string('Choose what to end.')
    .regex(/^(others|(web|mobile):[\w-]{1,64})$/, 'Choose what to end.')
    .transform((text) => {
      const [kind, id = ''] = text.split(':')
      return { kind: kind as 'others' | 'web' | 'mobile', id }
    }),
})

/** The same of somebody else; `others`: all of it. */
export const EndingOfSchema = OwnEndingSchema.extend({ agentId: Id })

export const PasswordChangeSchema = z.object({
  currentPassword: z.string('Enter your current password.').min(1, 'Enter your current password.'),
  newPassword: NewPasswordSchema,
})
