import { z } from 'zod'
import { EmailSchema, NewAccountSchema, NewPasswordSchema } from './agent-schemas'
import { cleanText } from './allowlist-search'

/** The only e-mail that is not judged: whatever it is, a wrong one gets the answer of a wrong password. */
export const SignInSchema = z.object({
  email: z
    .string('Enter your e-mail address.')
    .transform(cleanText)
    .pipe(z.string().min(1, 'Enter your e-mail address.')),
  password: z.string('Enter your password.').min(1, 'Enter your password.'),
  to: z.string().optional(),
})

/** Asks for a link to choose a new password. */
export const ResetRequestSchema = z.object({ email: EmailSchema })

/** A new password, with the link that was mailed. */
export const ResetSchema = z.object({ token: z.string().max(100), password: NewPasswordSchema })

/** A button whose form says only where its person was going. */
export const GoingSchema = z.object({ to: z.string().optional() })

/** The password is asked of a running session only. */
export const AuthorizeRequestSchema = z.object({ password: z.string().optional(), to: z.string().optional() })

/** `setupCode` came with the address that the terminal printed. */
export const SetupSchema = NewAccountSchema.extend({ setupCode: z.string().max(100) })

export const TestMailSchema = z.object({ email: EmailSchema, setupCode: z.string().max(100) })

/** The decision on a link. `code` is judged by the link itself, which counts wrong ones. */
export const LinkDecisionSchema = z.object({
  token: z.string().min(1).max(100),
  decision: z.enum(['authorize', 'deny']),
  keep: z.enum(['forever', 'day']).default('forever'),
  code: z
    .string()
    .max(100)
    .transform((text) => text.replace(/[\s-]/g, ''))
    .optional(),
})
