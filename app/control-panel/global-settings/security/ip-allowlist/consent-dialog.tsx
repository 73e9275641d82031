'use client'

import { type ReactNode, type RefObject, useId } from 'react'
import { ProveAgain } from '@/components/shell/prove-again'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Callout } from '@/components/ui/callout'
import { Checkbox } from '@/components/ui/checkbox'
import { SubmitButton } from '@/components/ui/submit-button'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { Consent, Question } from '@/lib/core/allowlist-change'
import type { AskedAction } from './use-asked'

interface ConsentDialogProps {
  asked: AskedAction
  verb: 'turn on' | 'save' | 'import'
  /** False: the own address is unknown, so it can't be added. */
  canAddMine: boolean
  /** Nobody has to confirm it. */
  isFinal?: boolean
  /** Where focus goes afterwards; by default back to where it was. */
  finalFocus?: RefObject<HTMLElement | null>
  /** More to know before answering. */
  children?: ReactNode
}

/** Asks what the server wants to know before it makes a change, and sends the same form again with the answer. */
export function ConsentDialog({
  asked,
  verb,
  canAddMine,
  isFinal,
  finalFocus,
  children,
}: ConsentDialogProps) {
  const formId = useId()
  const hydrated = useHydrated()
  const { state, isAsking } = asked
  const question = state.question as Question | undefined
  if (question === 'prove-again')
    return <ProveAgain state={state} send={asked.send} open={isAsking} onCancel={asked.cancel} />
  const title = question ? TITLES[question] : ''
  const isAskedToKeep = (question === 'locks-you-out' || question === 'takes-yours-off') && !isFinal
  const form = question && (
    <AnswerForm
      id={formId}
      asked={asked}
      answers={answersTo(question, verb, canAddMine)}
      isAskedToKeep={isAskedToKeep}
    />
  )
  const keep = isAskedToKeep && <KeepUnconfirmed form={formId} anyway={ANYWAY[verb]} />
  if (!hydrated)
    return isAsking ? (
      <Callout role="alert" tone="warning" title={title} actions={form} className="mt-4">
        {state.message}
        {keep && <div className="mt-3">{keep}</div>}
      </Callout>
    ) : null
  return (
    <AlertDialog
      title={title}
      description={state.message}
      open={isAsking}
      onOpenChange={(open) => open || asked.cancel()}
      finalFocus={finalFocus}
      actions={form}
    >
      <div className="flex flex-col gap-4">
        {children}
        {keep}
      </div>
    </AlertDialog>
  )
}

/** What becomes of a change that shuts its maker out, and the choice to keep it all the same. */
function KeepUnconfirmed({ form, anyway }: { form: string; anyway: string }) {
  return (
    <Checkbox
      form={form}
      name="keep"
      label="Keep without confirmation"
      description={`“${anyway}” is undone in 10 minutes, unless somebody who manages security signs in after it and confirms it. Tick this to keep it in any case.`}
    />
  )
}

const TITLES: Readonly<Record<ConsentQuestion, string>> = {
  'locks-you-out': 'This would lock you out',
  'takes-yours-off': 'This would lock you out',
  'admits-everyone': 'This lets everyone in again',
  'covers-everything': 'This lets every address in',
  'undeclared-proxy': 'This address looks like a proxy',
}

/** Answered with a button; the other one with the password. */
type ConsentQuestion = Exclude<Question, 'prove-again'>

const ANYWAY = { 'turn on': 'Turn on anyway', save: 'Save anyway', import: 'Import anyway' } as const

interface Answer {
  consent: Consent
  label: string
  variant: 'primary' | 'secondary' | 'danger'
}

function answersTo(
  question: ConsentQuestion,
  verb: ConsentDialogProps['verb'],
  canAddMine: boolean,
): Answer[] {
  const anyway = ANYWAY[verb]
  switch (question) {
    case 'locks-you-out':
      return [
        { consent: 'anyway', label: anyway, variant: canAddMine ? 'secondary' : 'danger' },
        ...(canAddMine
          ? [{ consent: 'add-mine', label: `Add my current IP and ${verb}`, variant: 'primary' } as const]
          : []),
      ]
    case 'takes-yours-off':
      return [{ consent: 'anyway', label: anyway, variant: 'danger' }]
    case 'admits-everyone':
    case 'covers-everything':
      return [{ consent: question, label: anyway, variant: 'danger' }]
    case 'undeclared-proxy':
      return [{ consent: question, label: 'Add this address anyway', variant: 'danger' }]
  }
}

interface AnswerFormProps {
  id: string
  asked: AskedAction
  answers: readonly Answer[]
  /** The check box "Keep without confirmation" belongs to it. */
  isAskedToKeep: boolean
}

function AnswerForm({ id, asked, answers, isAskedToKeep }: AnswerFormProps) {
  const { consents = '', ...carried } = asked.state.values ?? {}
  const values = Object.entries(carried).filter(([name]) => name !== 'keep' || !isAskedToKeep)
  return (
    <form id={id} action={asked.send} className="flex flex-wrap gap-2">
      {values.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {answers.map(({ consent, label, variant }) => (
        <SubmitButton
          key={consent}
          name="consents"
          value={[consents, consent].filter(Boolean).join(',')}
          variant={variant}
        >
          {label}
        </SubmitButton>
      ))}
    </form>
  )
}
