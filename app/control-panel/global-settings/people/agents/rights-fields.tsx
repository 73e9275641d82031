'use client'

import { useState } from 'react'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { describeRights, rightsOf } from '@/lib/core/agent-words'
import type { FormState } from '@/lib/core/form-state'
import { isPermitted, type Rights, type Role } from '@/lib/core/permissions'

interface RightsFieldsProps {
  state: FormState
  initial: Rights
  /** Who fills this in: nobody grants what they don't hold. */
  manager: Rights
  name?: string
  isYou?: boolean
  isLastAdmin?: boolean
}

/** Role and permissions, with what they come to in words. */
export function RightsFields({ state, initial, manager, name, isYou, isLastAdmin }: RightsFieldsProps) {
  const [rights, setRights] = useState(rightsOf(initial))
  const isAdmin = rights.role === 'ADMIN'
  const change = (part: Partial<Rights>) => setRights({ ...rights, ...part })
  return (
    <>
      <Field label="Role" name="role" error={state.fieldErrors?.role} hint={roleHint(manager, isLastAdmin)}>
        <Select
          key={state.values?.role}
          defaultValue={rights.role}
          onChange={(event) => change({ role: event.target.value as Role })}
        >
          {!isLastAdmin && <option value="AGENT">Agent</option>}
          {manager.role === 'ADMIN' && <option value="ADMIN">Admin</option>}
        </Select>
      </Field>
      <fieldset className="flex flex-col gap-4">
        <legend className="mb-2 text-sm font-medium">Permissions</legend>
        <Grant
          name="managesSecurity"
          label="Manage Security"
          description="The IP Allowlist with its ranges and settings, and the logs."
          isAdmin={isAdmin}
          mayGrant={isPermitted(manager, 'MANAGE_SECURITY')}
          ticked={rights.managesSecurity}
          onTick={(managesSecurity) => change({ managesSecurity })}
        />
        <Grant
          name="managesAgents"
          label="Manage Agents"
          description="People: who can sign in, and what they may do."
          isAdmin={isAdmin}
          mayGrant={isPermitted(manager, 'MANAGE_AGENTS')}
          ticked={rights.managesAgents}
          onTick={(managesAgents) => change({ managesAgents })}
        />
      </fieldset>
      <div aria-live="polite" className="rounded-md border border-line bg-sunken p-4 text-sm">
        <p className="font-medium">
          {isYou ? 'What you will be able to do' : 'What they will be able to do'}
        </p>
        <ul className="mt-1.5 list-disc pl-5 text-muted marker:text-muted">
          {describeRights(rights).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        {name && rights.role !== initial.role && (
          <p className="mt-2">
            {isYou
              ? 'Changing your own role signs you out everywhere, here included.'
              : `Changing the role signs ${name} out everywhere.`}
          </p>
        )}
      </div>
    </>
  )
}

function roleHint(manager: Rights, isLastAdmin: boolean | undefined): string | undefined {
  if (isLastAdmin) return 'The last active admin stays an admin. Make somebody else an admin first.'
  return manager.role === 'ADMIN' ? undefined : 'Only an admin can make somebody an admin.'
}

interface GrantProps {
  name: 'managesSecurity' | 'managesAgents'
  label: string
  description: string
  isAdmin: boolean
  mayGrant: boolean
  ticked: boolean
  onTick: (ticked: boolean) => void
}

/** One permission. A tick that can't be changed still goes with the form, so that saving takes nothing away. */
function Grant({ name, label, description, isAdmin, mayGrant, ticked, onTick }: GrantProps) {
  if (isAdmin)
    return (
      <Checkbox
        key="all"
        label={label}
        description="An admin has all permissions."
        checked
        disabled
        readOnly
      />
    )
  if (!mayGrant && !ticked)
    return <Checkbox key="none" label={label} description="You can't grant what you don't hold." disabled />
  return (
    <Checkbox
      key="own"
      name={name}
      label={label}
      description={mayGrant ? description : "You can take it away, but not give it back: you don't hold it."}
      defaultChecked={ticked}
      onChange={(event) => onTick(event.target.checked)}
    />
  )
}
