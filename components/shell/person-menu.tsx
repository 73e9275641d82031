'use client'

import { ChevronDown } from 'lucide-react'
import NextLink from 'next/link'
import type { ReactNode } from 'react'
import { Avatar } from '../ui/avatar'
import { ThemeToggle } from '../ui/theme-toggle'

export interface Person {
  name: string
  email: string
  /** E.g. "Admin". */
  role?: string
  links?: readonly { label: string; href: string; icon?: ReactNode }[]
  /** Usually a SignOutButton. */
  signOut?: ReactNode
}

const ID = 'person-menu'

/** Who is signed in, where they can go, theme and sign-out: a native popover, so it opens without JavaScript too. */
export function PersonMenu({ person, accountName }: { person: Person; accountName: string }) {
  const close = () => document.getElementById(ID)?.hidePopover()
  return (
    <>
      <button
        type="button"
        popoverTarget={ID}
        aria-label={`Your menu, ${person.name}`}
        className="flex h-10 items-center gap-2 rounded-md pr-2 pl-1.5 text-sm font-medium hover:bg-hover"
      >
        <Avatar name={person.name} />
        <span className="max-w-40 truncate max-sm:hidden">{person.name}</span>
        <ChevronDown aria-hidden="true" className="size-4 text-muted" />
      </button>
      <div
        id={ID}
        popover="auto"
        className="top-13 right-3 left-auto m-0 w-72 max-w-[calc(100vw-1.5rem)] rounded-lg border border-line bg-raised text-sm text-ink shadow-pop sm:right-5"
      >
        <div className="border-b border-line px-4 py-3 wrap-anywhere">
          <p className="font-medium">{person.name}</p>
          <p className="text-muted">{person.email}</p>
          <p className="mt-1 text-xs text-muted">
            {person.role ? `${person.role} · ` : ''}
            {accountName}
          </p>
        </div>
        {person.links && person.links.length > 0 && (
          <ul className="border-b border-line p-1">
            {person.links.map(({ label, href, icon }) => (
              <li key={href}>
                <NextLink href={href} prefetch={false} onClick={close} className={personMenuRow}>
                  {icon}
                  {label}
                </NextLink>
              </li>
            ))}
          </ul>
        )}
        <div className="flex items-center justify-between gap-4 border-b border-line py-2 pr-2 pl-4 noscript:hidden">
          <span aria-hidden="true">Theme</span>
          <ThemeToggle />
        </div>
        {person.signOut && <div className="p-1">{person.signOut}</div>}
      </div>
    </>
  )
}

const personMenuRow =
  'flex min-h-9 w-full items-center gap-2.5 rounded-md px-3 text-left hover:bg-hover focus-visible:-outline-offset-2 [&_svg]:size-4 [&_svg]:text-muted'
