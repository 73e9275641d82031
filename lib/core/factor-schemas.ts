import { z } from 'zod'
import { cleanText } from './allowlist-search'
import { PASSKEY_NAME_MAX_CHARACTERS } from './second-factor'

const Password = z.string().max(1000).optional()
const Json = z.string().max(20_000, 'The browser sent too much. Try again.')

/** A deed that asks for the password again. */
export const ProvenDeedSchema = z.object({ password: Password })

export const FactorRemovalSchema = z.object({
  password: Password,
  factor: z
    .string('Choose what to remove.')
    .regex(/^(totp|passkey:[\w-]{1,64})$/, 'Choose what to remove.')
    .transform((text) => {
      const [kind, id = ''] = text.split(':')
      return kind === 'totp' ? ({ kind: 'totp' } as const) : ({ kind: 'passkey', id } as const)
    }),
})

/** The code is judged by the set-up itself, which then shows what it shows again. */
export const TotpConfirmationSchema = z.object({ code: z.string().max(100).default('') })

const PasskeyName = z
  .string()
  .default('')
  .transform(cleanText)
  .pipe(
    z
      .string()
      .min(1, 'Give the passkey a name, such as "Laptop".')
      .max(PASSKEY_NAME_MAX_CHARACTERS, `A name has at most ${PASSKEY_NAME_MAX_CHARACTERS} characters.`),
  )

export const PasskeyStartSchema = z.object({ password: Password, name: PasskeyName })

export const PasskeyFinishSchema = z.object({ name: PasskeyName, response: Json })

/** The second step of sign-in: a code, or the answer of a passkey. */
export const SecondFactorSchema = z.object({
  code: z.string().max(100, 'This is not a code.').default(''),
  passkey: Json.default(''),
})

export const FactorRequirementSchema = z.object({
  to: z.enum(['on', 'off'], 'Choose on or off.').transform((value) => value === 'on'),
})
