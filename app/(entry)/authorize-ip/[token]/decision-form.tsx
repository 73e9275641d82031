'use client'

import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { Link } from '@/components/ui/link'
import { RadioGroup } from '@/components/ui/radio-group'
import { SubmitButton } from '@/components/ui/submit-button'
import type { FormState } from '@/lib/core/form-state'
import { PATHS } from '@/lib/core/paths'
import type { Question } from './decision'

interface DecisionFormProps {
  token: string
  answer: FormState
  action: (form: FormData) => void
  question: Question
  needsCode: boolean
}

export function DecisionForm({ token, answer, action, question, needsCode }: DecisionFormProps) {
  return (
    <form action={action} noValidate className="flex flex-col gap-5">
      <FormMessage state={answer} className="empty:hidden" />
      <input type="hidden" name="token" value={token} />
      {question.isAdmittedAlready ? (
        <Callout tone="success" title={`${question.address} is allowed already.`}>
          There is nothing to authorize. <Link href={PATHS.signIn}>Sign in</Link> from there.
        </Callout>
      ) : (
        <>
          <RadioGroup
            legend="How long?"
            name="keep"
            columns={2}
            defaultValue={answer.values?.keep ?? 'forever'}
            options={[
              { value: 'forever', label: 'Keep it', description: 'For a place you come back to.' },
              { value: 'day', label: 'For 24 hours', description: 'For a hotel or a train.' },
            ]}
          />
          {needsCode && <CodeField error={answer.fieldErrors?.code} />}
        </>
      )}
      <div className="flex flex-wrap gap-3">
        {!question.isAdmittedAlready && (
          <SubmitButton name="decision" value="authorize" pendingLabel="Authorizing…">
            Authorize IP
          </SubmitButton>
        )}
        <SubmitButton name="decision" value="deny" variant="secondary" pendingLabel="Stopping it…">
          I didn't request this
        </SubmitButton>
      </div>
    </form>
  )
}

/** Outside of the browser that asked: shows that whoever clicks also sees the screen that asked. */
function CodeField({ error }: { error: string | undefined }) {
  return (
    <Field
      label="Six-digit code"
      name="code"
      required
      error={error}
      hint="Enter the code only if it is on your own screen. Nobody from Gatehouse or your company asks you for it."
    >
      <Input
        mono
        inputMode="numeric"
        autoComplete="off"
        maxLength={20}
        className="max-w-44 text-lg tracking-[0.2em]"
      />
    </Field>
  )
}
