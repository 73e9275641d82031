/** What an action answers to its form. `values` are what was typed, so that nothing is lost; never a secret. */
export interface FormState {
  status: 'idle' | 'done' | 'invalid' | 'refused' | 'confirm'
  /** One sentence for the whole form: what happened and what to do next. */
  message?: string
  /** Plain words by field name, shown next to the field. */
  fieldErrors?: Readonly<Record<string, string>>
  values?: Readonly<Record<string, string>>
  /** With `confirm`: which question the screen has to ask before the same form is sent again with `consent`. */
  question?: string
  /** What the form would do, where it shows that before it does it; what it is, is between the form and its action. */
  preview?: unknown
  /** With `done`: what the screen shows once, such as a temporary password. */
  result?: Readonly<Record<string, string>>
}

export const IDLE: FormState = { status: 'idle' }
