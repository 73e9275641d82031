'use client'

import { Menu as Base } from '@base-ui/react/menu'
import NextLink from 'next/link'
import { type ReactElement, type ReactNode, useState } from 'react'
import { cn } from './cn'

interface MenuProps {
  /** A Button element with an accessible name. */
  trigger: ReactElement
  align?: 'start' | 'center' | 'end'
  /** MenuItem, MenuLink, MenuSeparator. */
  children: ReactNode
}

/** A menu of actions behind a button, with arrow keys and type-ahead. Needs JavaScript. Opens inside the main landmark. */
export function Menu({ trigger, align = 'end', children }: MenuProps) {
  const [main, setMain] = useState<HTMLElement | null>(null)
  return (
    <Base.Root onOpenChange={(open) => open && setMain(document.getElementById('main'))}>
      <Base.Trigger render={trigger} />
      <Base.Portal container={main}>
        <Base.Positioner align={align} sideOffset={4} className="z-10 outline-none">
          <Base.Popup className="min-w-44 origin-(--transform-origin) rounded-lg border border-line bg-raised p-1 text-ink shadow-pop outline-none transition-[opacity,scale] duration-100 ease-out data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

const itemStyles =
  'flex min-h-9 cursor-default items-center gap-2.5 rounded-md px-2.5 text-sm outline-none select-none data-disabled:text-muted data-highlighted:bg-hover forced-colors:data-highlighted:outline-2 [&_svg]:size-4 [&_svg]:shrink-0'

interface MenuItemProps {
  icon?: ReactNode
  tone?: 'neutral' | 'danger'
  disabled?: boolean
  onClick: () => void
  children: ReactNode
}

/** One action. To open a dialog from it, set that dialog's `open` in `onClick`. */
export function MenuItem({ icon, tone, disabled, onClick, children }: MenuItemProps) {
  return (
    <Base.Item
      disabled={disabled}
      onClick={onClick}
      className={cn(itemStyles, tone === 'danger' && 'text-danger-ink')}
    >
      {icon}
      {children}
    </Base.Item>
  )
}

/** One place to go to. */
export function MenuLink({ href, icon, children }: { href: string; icon?: ReactNode; children: ReactNode }) {
  return (
    <Base.LinkItem render={<NextLink href={href} prefetch={false} />} closeOnClick className={itemStyles}>
      {icon}
      {children}
    </Base.LinkItem>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="mx-1 my-1 h-px bg-line" />
}
