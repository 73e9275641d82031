'use client'

import { MapPinPlus } from 'lucide-react'
import { EntryFrame } from '@/components/shell/entry-frame'
import { useFormAction } from '@/components/shell/use-form-action'
import { decideAction } from './actions'
import { DecisionForm } from './decision-form'
import { Outcome, type OutcomeName } from './outcome'
import { WhoIsWhere } from './who-is-where'

/** What an open link asks, ready to be shown. */
export interface Question {
  address: string
  device: string
  requestedAt: string
  expiresAt: string
  agentName: string
  accountName: string
  isAdmittedAlready: boolean
  /** Of who looks at the page; null: unknown. */
  ownAddress: string | null
  isSameAddress: boolean
}

interface DecisionProps {
  token: string
  /** What the link is good for. */
  state: 'open' | OutcomeName
  /** Null unless the link is open. */
  question: Question | null
  isSameBrowser: boolean
}

/** The question of a link, and on the same page what came of it; without scripts too. */
export function Decision({ token, state, question, isSameBrowser }: DecisionProps) {
  const [answer, action] = useFormAction(decideAction)
  const outcome = (answer.result?.outcome as OutcomeName | undefined) ?? (state === 'open' ? null : state)
  if (outcome) return <Outcome outcome={outcome} result={answer.result ?? {}} isSameBrowser={isSameBrowser} />
  if (!question) return null
  return (
    <EntryFrame
      width="lg"
      icon={<MapPinPlus />}
      title="Authorize this IP address?"
      description={`For ${question.agentName}, an admin of ${question.accountName}`}
    >
      <WhoIsWhere question={question} isSameBrowser={isSameBrowser} />
      <DecisionForm
        token={token}
        answer={answer}
        action={action}
        question={question}
        needsCode={!isSameBrowser}
      />
    </EntryFrame>
  )
}
