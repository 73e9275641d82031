'use client'

import NextLink from 'next/link'
import { useRouter } from 'next/navigation'
import { type KeyboardEvent, type ReactNode, useOptimistic, useRef, useTransition } from 'react'
import { cn } from './cn'
import { useHydrated } from './use-hydrated'

export interface LinkTab {
  id: string
  label: string
  href: string
  /** A number shown beside the label, not part of the tab's name. */
  count?: number
}

interface LinkTabsProps {
  /** Name of the row of tabs, e.g. "IP Allowlist". */
  label: string
  tabs: readonly LinkTab[]
  /** `id` of the tab the address stands for. */
  current: string
}

/**
 * Tabs that live in the address bar (ARIA tabs pattern, automatic activation: arrows, Home, End).
 * Plain links without JavaScript. Show the panel of the current tab in a TabPanel.
 */
export function LinkTabs({ label, tabs, current }: LinkTabsProps) {
  const router = useRouter()
  const hydrated = useHydrated()
  const [selected, setSelected] = useOptimistic(current)
  const [, startTransition] = useTransition()
  const list = useRef<HTMLDivElement>(null)

  function select(index: number) {
    const tab = tabs[(index + tabs.length) % tabs.length]
    if (!tab) return
    list.current?.querySelector<HTMLElement>(`#tab-${tab.id}`)?.focus()
    startTransition(() => {
      setSelected(tab.id)
      router.push(tab.href, { scroll: false })
    })
  }
  function move(event: KeyboardEvent, index: number) {
    const target = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: tabs.length - 1, ' ': index }[
      event.key
    ]
    if (target === undefined) return
    event.preventDefault()
    select(target)
  }
  return (
    <div
      ref={list}
      role="tablist"
      aria-label={label}
      className="flex gap-6 overflow-x-auto border-b border-line px-0.5"
    >
      {tabs.map((tab, index) => (
        <NextLink
          key={tab.id}
          id={`tab-${tab.id}`}
          href={tab.href}
          scroll={false}
          prefetch={false}
          role="tab"
          aria-selected={tab.id === selected}
          aria-controls={tab.id === current ? `panel-${tab.id}` : undefined}
          tabIndex={hydrated && tab.id !== selected ? -1 : 0}
          onKeyDown={(event) => move(event, index)}
          className={cn(
            '-mb-px flex h-11 shrink-0 items-center gap-2 pb-0.5 text-sm font-medium text-muted -outline-offset-2 transition-colors duration-150 hover:text-ink',
            'aria-selected:border-b-2 aria-selected:border-accent-ink aria-selected:pb-0 aria-selected:text-ink',
          )}
        >
          {tab.label}
          {tab.count !== undefined && (
            <span
              aria-hidden="true"
              className="rounded-full bg-hover px-1.5 text-xs leading-5 text-muted tabular-nums"
            >
              {tab.count}
            </span>
          )}
        </NextLink>
      ))}
    </div>
  )
}

/** The panel of the tab with the same id; render the current one only. */
export function TabPanel({
  id,
  className,
  children,
}: {
  id: string
  className?: string
  children: ReactNode
}) {
  return (
    <div
      role="tabpanel"
      id={`panel-${id}`}
      aria-labelledby={`tab-${id}`}
      className={cn('pt-6 outline-offset-4', className)}
    >
      {children}
    </div>
  )
}
