'use client'

import type { ReactNode } from 'react'
import { ProveAgain } from '@/components/shell/prove-again'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Callout } from '@/components/ui/callout'
import { SubmitButton } from '@/components/ui/submit-button'
import { useHydrated } from '@/components/ui/use-hydrated'
import type { Consent, Question } from '@/lib/core/allowlist-change'
import type { AskedAction } from './use-asked'

interface ConsentDialogProps {
  asked: AskedAction
  verb: 'turn on' | 'save'
  /** False: the own address is unknown, so it can't be added. */
  canAddMine: boolean
  /** More to know before answering. */
  children?: ReactNode
}

/** Asks what the server wants to know before it makes a change, and sends the same form again with the answer. */
export function ConsentDialog({ asked, verb, canAddMine, children }: ConsentDialogProps) {
  const hydrated = useHydrated()
  const { state, isAsking } = asked
  const question = state.question as Question | undefined
  if (question === 'prove-again')
    return <ProveAgain state={state} send={asked.send} open={isAsking} onCancel={asked.cancel} />
  const title = question ? TITLES[question] : ''
  const form = question && <AnswerForm asked={asked} answers={answersTo(question, verb, canAddMine)} />
  if (!hydrated)
    return isAsking ? (
      <Callout role="alert" tone="warning" title={title} actions={form} className="mt-4">
        {state.message}
      </Callout>
    ) : null
  return (
    <AlertDialog
      title={title}
      description={state.message}
      open={isAsking}
      onOpenChange={(open) => open || asked.cancel()}
      actions={form}
    >
      {children}
    </AlertDialog>
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
  const anyway = verb === 'save' ? 'Save anyway' : 'Turn on anyway'
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

function AnswerForm({ asked, answers }: { asked: AskedAction; answers: readonly Answer[] }) {
  const { consents = '', ...values } = asked.state.values ?? {}
  return (
    <form action={asked.send} className="flex flex-wrap gap-2">
      {Object.entries(values).map(([name, value]) => (
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
