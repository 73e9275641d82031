import { z } from 'zod'
import { EMAIL_MAX_CHARACTERS } from './agent-schemas'
import { nameMobileDevice } from './mobile'

const OTP_MAX_CHARACTERS = 40
const TOKEN_MAX_CHARACTERS = 500

/** Whose e-mail it is decides the sign-in, so its shape is hardly judged here: one line of a sensible length. */
const Email = z
  .string('Send the e-mail address as text.')
  .trim()
  .min(1, 'Send the e-mail address.')
  .max(EMAIL_MAX_CHARACTERS, `An e-mail address has at most ${EMAIL_MAX_CHARACTERS} characters.`)
  .regex(/^\P{Cc}*$/u, 'An e-mail address has no control characters.')

export const MobileSignInSchema = z.object(
  {
    email: Email,
    password: z.string('Send the password as text.').min(1, 'Send the password.'),
    device: z
      .string('Send the name of the device as text.')
      .transform(nameMobileDevice)
      .pipe(z.string().min(1, 'Send the name of the device, such as "Pixel 9".')),
    otp: z
      .string('Send the one-time code as text.')
      .max(OTP_MAX_CHARACTERS, 'A one-time code has six digits, a recovery code 12 characters.')
      .nullish(),
  },
  'Send a JSON object.',
)

export const MobileRefreshSchema = z.object(
  {
    refreshToken: z
      .string('Send the refresh token as text.')
      .min(1, 'Send the refresh token.')
      .max(TOKEN_MAX_CHARACTERS, 'This is not a refresh token.'),
  },
  'Send a JSON object.',
)
