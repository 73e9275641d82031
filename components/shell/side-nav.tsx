'use client'

import { Menu, X } from 'lucide-react'
import NextLink from 'next/link'
import { usePathname } from 'next/navigation'
import { type ReactNode, useId } from 'react'

export interface NavItem {
  label: string
  href: string
  /** An icon element, e.g. `<ShieldCheck />`. */
  icon?: ReactNode
  /** Overrides the comparison of `href` with the address. */
  current?: boolean
}

export interface SideNavContent {
  heading: string
  groups: readonly { heading: string; items: readonly NavItem[] }[]
}

const ID = 'side-navigation'

/**
 * The left navigation: a column on wide screens, on narrow ones a drawer (native popover) that
 * SideNavToggle opens, without JavaScript as well.
 */
export function SideNav({ heading, groups }: SideNavContent) {
  const closeDrawer = () => {
    const drawer = document.getElementById(ID)
    if (drawer?.matches(':popover-open')) drawer.hidePopover()
  }
  return (
    <nav
      id={ID}
      popover="auto"
      aria-label={heading}
      className="inset-y-0 left-0 m-0 h-dvh max-h-none w-72 max-w-[85vw] overflow-y-auto border-r border-line bg-surface px-3 py-5 text-ink backdrop:bg-backdrop max-lg:open:shadow-pop lg:sticky lg:top-0 lg:right-auto lg:block lg:h-auto lg:max-h-dvh lg:w-auto lg:border-r-0 lg:bg-transparent print:hidden"
    >
      <div className="mb-4 flex min-h-8 items-center justify-between gap-2 px-3">
        <p className="text-sm font-semibold">{heading}</p>
        <button
          type="button"
          popoverTarget={ID}
          popoverTargetAction="hide"
          aria-label="Close navigation"
          className="-mr-1.5 grid size-8 place-items-center rounded-md text-muted hover:bg-hover lg:hidden"
        >
          <X aria-hidden="true" className="size-4" />
        </button>
      </div>
      <div className="flex flex-col gap-6">
        {groups.map((group) => (
          <NavGroup key={group.heading} {...group} onGo={closeDrawer} />
        ))}
      </div>
    </nav>
  )
}

interface NavGroupProps {
  heading: string
  items: readonly NavItem[]
  onGo: () => void
}

function NavGroup({ heading, items, onGo }: NavGroupProps) {
  const id = useId()
  const pathname = usePathname()
  return (
    <div>
      <h2 id={id} className="mb-1 px-3 text-xs font-medium tracking-normal text-muted">
        {heading}
      </h2>
      <ul aria-labelledby={id} className="flex flex-col gap-0.5">
        {items.map(({ label, href, icon, current }) => (
          <li key={href}>
            <NextLink
              href={href}
              prefetch={false}
              onClick={onGo}
              aria-current={(current ?? isWithin(pathname, href)) ? 'page' : undefined}
              className="flex min-h-9 items-center gap-3 rounded-md px-3 text-sm font-medium text-muted transition-colors duration-150 hover:bg-hover hover:text-ink aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent-ink forced-colors:aria-[current=page]:border [&_svg]:size-4 [&_svg]:shrink-0"
            >
              {icon}
              {label}
            </NextLink>
          </li>
        ))}
      </ul>
    </div>
  )
}

function isWithin(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`)
}

/** The header button that opens the drawer on narrow screens. */
export function SideNavToggle() {
  return (
    <button
      type="button"
      popoverTarget={ID}
      aria-label="Navigation"
      className="grid size-9 place-items-center rounded-md text-muted hover:bg-hover hover:text-ink lg:hidden print:hidden"
    >
      <Menu aria-hidden="true" className="size-5" />
    </button>
  )
}
