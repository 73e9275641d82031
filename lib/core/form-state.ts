/** What an action answers to its form. `values` are what was typed, so that nothing is lost; never a secret. */
export interface FormState {
  status: 'idle' | 'done' | 'invalid' | 'refused' | 'confirm'
  /** One sentence for the whole form: what happened and what to do next. */
  message?: string
  /** Plain words by field name, shown next to the field. */
  fieldErrors?: Readonly<Record<string, string>>
  values?: Readonly<Record<string, string>>
  /** With `refused`: to send the same form again can't help. */
  isFinal?: boolean
  /** With `confirm`: which question the screen has to ask before the same form is sent again with `consent`. */
  question?: string
  /** What the form would do, where it shows that before it does it; what it is, is between the form and its action. */
  preview?: unknown
  /** What the screen shows once besides, such as a temporary password. */
  result?: Readonly<Record<string, string>>
}

export const IDLE: FormState = { status: 'idle' }

/** The texts of a form by field name. A forged call may bring anything in place of a form; nothing of that is a field. */
export function typedIn(form: unknown): Record<string, string> {
  const entries = [...(form instanceof FormData ? form : new FormData())].filter(
    ([name, value]) => typeof value === 'string' && !name.startsWith('$ACTION'),
  )
  return Object.fromEntries(entries) as Record<string, string>
}

/** With scripts a longer value stays in its field by itself; echoed, it would come back with the next form, twice. */
export const ECHOED_MAX_CHARACTERS = 10_000

/** What was typed, as the form gets it back: no secrets. */
export function echoOf(
  typed: Readonly<Record<string, string>>,
  most = ECHOED_MAX_CHARACTERS,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typed).filter(
      ([name, value]) => !/password|code|token/i.test(name) && value.length <= most,
    ),
  )
}
