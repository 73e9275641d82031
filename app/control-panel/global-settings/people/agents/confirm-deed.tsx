'use client'

import type { RefObject } from 'react'
import { useFormAction } from '@/components/shell/use-form-action'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { FormMessage } from '@/components/ui/form-message'
import { SubmitButton } from '@/components/ui/submit-button'
import { useToast } from '@/components/ui/toast'
import { type FormState, IDLE } from '@/lib/core/form-state'
import { endSessionsAction, resetFactorsAction, switchAgentAction } from './actions'

export type Deed = 'disable' | 'enable' | 'end-sessions' | 'reset-factors'

interface ConfirmDeedProps {
  deed: Deed
  agent: { id: string; name: string }
  isYou: boolean
  open: boolean
  onClose: () => void
  finalFocus: RefObject<HTMLButtonElement | null>
}

const WORDS = {
  disable: {
    title: (name: string) => `Disable ${name}?`,
    description:
      'They are signed out everywhere at once and cannot sign in until somebody enables them again.',
    you: 'This is you: you are signed out at once, and somebody else has to enable you again.',
    button: 'Disable',
    done: (name: string) => `${name} is disabled`,
  },
  enable: {
    title: (name: string) => `Enable ${name}?`,
    description: 'They can sign in again with the password and the permissions that they had.',
    you: 'They can sign in again with the password and the permissions that they had.',
    button: 'Enable',
    done: (name: string) => `${name} is enabled`,
  },
  'end-sessions': {
    title: (name: string) => `End the sessions of ${name}?`,
    description: 'They are signed out on the web and in the mobile app, and can sign in again.',
    you: 'This is you: you are signed out on the web, here included, and in the mobile app, and can sign in again.',
    button: 'End sessions',
    done: (name: string) => `${name} is signed out`,
  },
  'reset-factors': {
    title: (name: string) => `Reset the second factor of ${name}?`,
    description:
      'For somebody who lost it. Their authenticator app, passkeys and recovery codes stop working, they are signed out everywhere and told by mail. Ask them in person or by telephone whether it is them.',
    you: 'Your own second factors are managed on the Agent Console.',
    button: 'Reset second factor',
    done: (name: string) => `The second factor of ${name} is reset`,
  },
} as const

/** Asks before a deed, does it, and says what came of it. */
export function ConfirmDeed({ deed, agent, isYou, open, onClose, finalFocus }: ConfirmDeedProps) {
  const words = WORDS[deed]
  return (
    <AlertDialog
      title={words.title(agent.name)}
      description={isYou ? words.you : words.description}
      open={open}
      onOpenChange={(isOpen) => isOpen || onClose()}
      finalFocus={finalFocus}
      actions={<DeedForm deed={deed} agent={agent} onDone={onClose} />}
    />
  )
}

const ACTIONS = {
  disable: switchAgentAction,
  enable: switchAgentAction,
  'end-sessions': endSessionsAction,
  'reset-factors': resetFactorsAction,
} as const

function DeedForm({
  deed,
  agent,
  onDone,
}: Pick<ConfirmDeedProps, 'deed' | 'agent'> & { onDone: () => void }) {
  const [state, send] = useFormAction(perform)
  const { notify } = useToast()
  async function perform(previous: FormState, form: FormData): Promise<FormState> {
    const action = ACTIONS[deed]
    const next = await action(previous, form)
    if (next.status !== 'done') return next
    notify({ title: WORDS[deed].done(agent.name), ...(next.message ? { description: next.message } : {}) })
    onDone()
    return IDLE
  }

  return (
    <form action={send}>
      <input type="hidden" name="agentId" value={agent.id} />
      {(deed === 'enable' || deed === 'disable') && (
        <input type="hidden" name="enabled" value={deed === 'enable' ? 'yes' : 'no'} />
      )}
      <SubmitButton variant={deed === 'enable' ? 'primary' : 'danger'}>{WORDS[deed].button}</SubmitButton>
      <FormMessage state={state} className="basis-full empty:hidden" />
    </form>
  )
}
