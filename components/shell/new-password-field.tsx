import { PASSWORD_MIN_CHARACTERS } from '@/lib/core/agent-schemas'
import { Field } from '../ui/field'
import { PasswordInput } from '../ui/password-input'

interface NewPasswordFieldProps {
  label: string
  name: string
  error: string | undefined
}

/** Where somebody chooses a password: what is expected stands there before anything is refused. */
export function NewPasswordField({ label, name, error }: NewPasswordFieldProps) {
  return (
    <Field
      label={label}
      name={name}
      required
      error={error}
      hint={`At least ${PASSWORD_MIN_CHARACTERS} characters. A few words in a row make a good password.`}
    >
      <PasswordInput autoComplete="new-password" />
    </Field>
  )
}
