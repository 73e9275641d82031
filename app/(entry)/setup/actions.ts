'use server'

import { redirect } from 'next/navigation'
import { SetupSchema, TestMailSchema } from '@/lib/core/entry-schemas'
import type { FormState } from '@/lib/core/form-state'
import { isPasswordProblem, PASSWORD_PROBLEMS } from '@/lib/core/password-rules'
import { PATHS } from '@/lib/core/paths'
import { createFirstAccount, isSetupOpen } from '@/lib/data/accounts'
import { isSetupCode } from '@/lib/data/setup-link'
import { openAction } from '@/lib/server/action'
import { currentClient } from '@/lib/server/client'
import { enterWithPassword } from '@/lib/server/enter'
import { sendTestMail } from '@/lib/server/test-mail'

const CLOSED: FormState = {
  status: 'refused',
  message: 'Set-up is closed: the account exists already. Reload the page to see what to do.',
}

export const setUpAction = openAction(SetupSchema, async ({ setupCode, ...input }): Promise<FormState> => {
  if (!isSetupCode(setupCode)) return CLOSED
  const { address } = await currentClient()
  const created = await createFirstAccount(input, { address })
  if (created === 'closed') return CLOSED
  if (isPasswordProblem(created))
    return { status: 'invalid', fieldErrors: { password: PASSWORD_PROBLEMS[created] } }
  const entry = await enterWithPassword({ ...input, to: PATHS.ipAllowlist })
  redirect(entry.outcome === 'entered' ? entry.destination : PATHS.signIn)
})

export const testMailAction = openAction(TestMailSchema, async ({ setupCode, email }): Promise<FormState> => {
  if (!isSetupCode(setupCode) || !(await isSetupOpen())) return CLOSED
  const problem = await sendTestMail(email)
  if (problem) return { status: 'refused', message: `The mail could not be sent: ${problem}` }
  return { status: 'done', message: `A mail has gone to ${email}. Look whether it arrives.` }
})
