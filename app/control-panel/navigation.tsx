import { KeyRound, LogIn, ScrollText, ShieldCheck, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { PATHS } from '@/lib/core/paths'
import { isPermitted, type Permission, type Rights } from '@/lib/core/permissions'

interface Entry {
  label: string
  href: string
  permission: Permission
  description: string
  icon: ReactNode
}

const GROUPS: readonly { heading: string; entries: readonly Entry[] }[] = [
  {
    heading: 'People',
    entries: [
      {
        label: 'Agents',
        href: PATHS.agents,
        permission: 'MANAGE_AGENTS',
        description: 'Who can sign in to this account, and what each of them may do.',
        icon: <Users />,
      },
    ],
  },
  {
    heading: 'Security',
    entries: [
      {
        label: 'IP Allowlist',
        href: PATHS.ipAllowlist,
        permission: 'MANAGE_SECURITY',
        description: 'From which IP addresses people can sign in.',
        icon: <ShieldCheck />,
      },
      {
        label: 'Second Factor',
        href: PATHS.factorSettings,
        permission: 'MANAGE_SECURITY',
        description: 'Whether admins need more than a password to sign in.',
        icon: <KeyRound />,
      },
      {
        label: 'Sign-in Log',
        href: PATHS.signInLog,
        permission: 'MANAGE_SECURITY',
        description: 'Who tried to sign in, from where, and why they were let in or not.',
        icon: <LogIn />,
      },
      {
        label: 'Audit Log',
        href: PATHS.auditLog,
        permission: 'MANAGE_SECURITY',
        description: 'Who changed what, and how it was before.',
        icon: <ScrollText />,
      },
    ],
  },
]

/** The entries of Global Settings that somebody with these rights may open; groups without any are left out. */
export function entriesFor(rights: Rights) {
  return GROUPS.map(({ heading, entries }) => ({
    heading,
    items: entries.filter((entry) => isPermitted(rights, entry.permission)),
  })).filter(({ items }) => items.length > 0)
}
