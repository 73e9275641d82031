'use client'

import { Ellipsis, KeyRound, LogOut, Monitor, ShieldOff, UserCheck, UserX } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { PATHS } from '@/lib/core/paths'
import type { Rights } from '@/lib/core/permissions'
import { AgentForm, type EditedAgent } from './agent-form'
import { ConfirmDeed, type Deed } from './confirm-deed'
import { NewPassword } from './new-password'

interface RowActionsProps {
  agent: EditedAgent & { enabled: boolean }
  manager: Rights
  isYou: boolean
  isLastAdmin: boolean
  /** Whether the manager holds all that this agent holds; giving a password or enabling hands that over. */
  mayHandOver: boolean
}

type Open = 'edit' | 'password' | 'deed' | null

/** What can be done with one agent: each deed named after the person, and why it can't be done. */
export function RowActions({ agent, manager, isYou, isLastAdmin, mayHandOver }: RowActionsProps) {
  const router = useRouter()
  const [open, setOpen] = useState<Open>(null)
  const menu = useRef<HTMLButtonElement>(null)
  const [deed, setDeed] = useState<Deed>('disable')
  const close = () => setOpen(null)
  const ask = (wanted: Deed) => {
    setDeed(wanted)
    setOpen('deed')
  }
  const person = { id: agent.id, name: agent.name }
  return (
    <span className="inline-flex items-center gap-1 noscript:hidden">
      <Dialog
        title={`Edit ${agent.name}`}
        description={agent.email}
        open={open === 'edit'}
        onOpenChange={(isOpen) => setOpen(isOpen ? 'edit' : null)}
        trigger={
          <Button size="sm" variant="secondary" aria-label={`Edit ${agent.name}`}>
            Edit
          </Button>
        }
      >
        <AgentForm agent={agent} manager={manager} isYou={isYou} isLastAdmin={isLastAdmin} onDone={close} />
      </Dialog>
      <Menu
        trigger={
          <Button ref={menu} size="icon" variant="ghost" aria-label={`More actions for ${agent.name}`}>
            <Ellipsis aria-hidden="true" />
          </Button>
        }
      >
        <Item
          icon={<KeyRound />}
          name={agent.name}
          onClick={() => setOpen('password')}
          whyNot={mayHandOver ? null : 'Needs the permissions that they have.'}
        >
          New temporary password
        </Item>
        <Item icon={<Monitor />} name={agent.name} onClick={() => router.push(`${PATHS.agents}/${agent.id}`)}>
          Show sessions
        </Item>
        <Item icon={<LogOut />} name={agent.name} onClick={() => ask('end-sessions')}>
          End sessions
        </Item>
        <Item
          icon={<ShieldOff />}
          name={agent.name}
          onClick={() => ask('reset-factors')}
          whyNot={
            isYou
              ? 'Yours are on the Agent Console.'
              : mayHandOver
                ? null
                : 'Needs the permissions that they have.'
          }
        >
          Reset second factor
        </Item>
        <MenuSeparator />
        {agent.enabled ? (
          <Item
            icon={<UserX />}
            tone="danger"
            name={agent.name}
            onClick={() => ask('disable')}
            whyNot={isLastAdmin ? 'The last active admin stays.' : null}
          >
            Disable
          </Item>
        ) : (
          <Item
            icon={<UserCheck />}
            name={agent.name}
            onClick={() => ask('enable')}
            whyNot={mayHandOver ? null : 'Needs the permissions that they have.'}
          >
            Enable
          </Item>
        )}
      </Menu>
      <NewPassword
        agent={person}
        isYou={isYou}
        open={open === 'password'}
        onClose={close}
        finalFocus={menu}
      />
      <ConfirmDeed
        deed={deed}
        agent={person}
        isYou={isYou}
        open={open === 'deed'}
        onClose={close}
        finalFocus={menu}
      />
    </span>
  )
}

interface ItemProps {
  icon: ReactNode
  name: string
  tone?: 'danger'
  whyNot?: string | null
  onClick: () => void
  children: string
}

function Item({ icon, name, tone, whyNot, onClick, children }: ItemProps) {
  return (
    <MenuItem icon={icon} onClick={onClick} {...(tone && !whyNot ? { tone } : {})} disabled={Boolean(whyNot)}>
      <span>
        {children}
        <span className="sr-only"> {name}</span>
        {whyNot && <span className="block text-xs text-muted">{whyNot}</span>}
      </span>
    </MenuItem>
  )
}
