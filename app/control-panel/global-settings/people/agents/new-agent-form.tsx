'use client'

import { useFormAction } from '@/components/shell/use-form-action'
import { Arrival } from '@/components/ui/arrival'
import { Button } from '@/components/ui/button'
import { DialogBody, DialogCancel, DialogFooter } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { FormMessage } from '@/components/ui/form-message'
import { Input } from '@/components/ui/input'
import { RadioGroup } from '@/components/ui/radio-group'
import { SubmitButton } from '@/components/ui/submit-button'
import type { Rights } from '@/lib/core/permissions'
import { inviteAction } from './invitation-deeds'
import { RightsFields } from './rights-fields'
import { TemporaryPassword } from './temporary-password'

const PLAIN: Rights = { role: 'AGENT', managesSecurity: false, managesAgents: false }

interface NewAgentFormProps {
  manager: Rights
  hasMailServer: boolean
  onClose: () => void
}

/** Who is new, what they may do and how they get in; then what became of it, with the temporary password once. */
export function NewAgentForm({ manager, hasMailServer, onClose }: NewAgentFormProps) {
  const [state, send] = useFormAction(inviteAction)
  if (state.status === 'done' && state.result) return <Added result={state.result} onClose={onClose} />
  const { fieldErrors = {}, values = {} } = state
  return (
    <form action={send} noValidate>
      <DialogBody>
        <Field label="Name" name="name" required error={fieldErrors.name}>
          <Input defaultValue={values.name} autoComplete="off" maxLength={200} />
        </Field>
        <Field label="Email" name="email" required error={fieldErrors.email}>
          <Input type="email" defaultValue={values.email} autoComplete="off" spellCheck={false} />
        </Field>
        <RightsFields state={state} initial={PLAIN} manager={manager} />
        <RadioGroup
          key={values.by}
          legend="How they get in"
          name="by"
          defaultValue={values.by ?? (hasMailServer ? 'mail' : 'temporary-password')}
          error={fieldErrors.by}
          options={[
            {
              value: 'mail',
              label: 'Invitation by e-mail',
              description: hasMailServer
                ? 'A link with which they choose their own password. It works for 7 days.'
                : 'No mail server is set up: the mail is kept as a file, and the operator can pass its link on.',
            },
            {
              value: 'temporary-password',
              label: 'Temporary password',
              description: 'Shown to you once, to hand over. It works for 7 days.',
            },
          ]}
        />
        <FormMessage state={state} className="empty:hidden" />
      </DialogBody>
      <DialogFooter>
        <DialogCancel />
        <SubmitButton pendingLabel="Adding…">Add agent</SubmitButton>
      </DialogFooter>
    </form>
  )
}

function Added({ result, onClose }: { result: Readonly<Record<string, string>>; onClose: () => void }) {
  return (
    <>
      <DialogBody>
        <Arrival className="text-sm wrap-anywhere outline-none">
          <p>{wordsOf(result)}</p>
        </Arrival>
        {result.password && <TemporaryPassword name={result.name ?? ''} password={result.password} />}
      </DialogBody>
      <DialogFooter>
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </>
  )
}

/** The same words whoever the address belongs to elsewhere. */
function wordsOf({ name, email, password, mail }: Readonly<Record<string, string>>): string {
  if (password) return `${name} is invited and can sign in as ${email}.`
  return mail === 'sent'
    ? `${name} is invited: a mail is on its way to ${email}. Its link works for 7 days.`
    : `${name} is invited. The mail to ${email} is kept as a file; your operator can pass its link on.`
}
