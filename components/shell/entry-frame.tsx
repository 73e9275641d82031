import type { ReactNode } from 'react'
import { cn } from '../ui/cn'
import { ThemeToggle } from '../ui/theme-toggle'
import { Brand } from './brand'
import { SkipLink } from './skip-link'
import { TabTitle } from './tab-title'

interface EntryFrameProps {
  /** The page's only h1, and what the browser's tab says. */
  title: string
  /** What the tab says instead. */
  tabTitle?: string
  description?: ReactNode
  /** An icon element above the title; `tone` colours it. */
  icon?: ReactNode
  tone?: 'accent' | 'success' | 'warning' | 'danger'
  /** `md` (28rem) for short forms, `lg` (36rem) for explanations. */
  width?: 'md' | 'lg'
  /** Under the card, e.g. whom to ask. */
  footer?: ReactNode
  children?: ReactNode
}

const tones = {
  accent: 'border-accent-line bg-accent-soft text-accent-ink',
  success: 'border-success-line bg-success-soft text-success-ink',
  warning: 'border-warning-line bg-warning-soft text-warning-ink',
  danger: 'border-danger-line bg-danger-soft text-danger-ink',
}

/** One card in the middle: sign-in, refusals, link pages, set-up and error pages. */
export function EntryFrame(props: EntryFrameProps) {
  const {
    title,
    tabTitle = title,
    description,
    icon,
    tone = 'accent',
    width = 'md',
    footer,
    children,
  } = props
  return (
    <div className="relative flex min-h-dvh flex-col">
      <TabTitle parts={[tabTitle]} />
      <div
        aria-hidden="true"
        className="entry-backdrop absolute inset-0 -z-1 forced-colors:hidden print:hidden"
      />
      <header className="px-4 pt-8 sm:pt-16">
        <SkipLink />
        <div className={cn('mx-auto flex items-center', width === 'lg' ? 'max-w-xl' : 'max-w-md')}>
          <Brand className="text-lg [&>svg]:size-7" />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="flex-1 px-4 pt-6 pb-8 outline-none">
        <div
          className={cn(
            'mx-auto rounded-xl border border-line bg-surface p-5 shadow-pop sm:p-8',
            width === 'lg' ? 'max-w-xl' : 'max-w-md',
          )}
        >
          {icon && (
            <div
              aria-hidden="true"
              className={cn(
                'mb-5 grid size-11 place-items-center rounded-lg border [&_svg]:size-5',
                tones[tone],
              )}
            >
              {icon}
            </div>
          )}
          <h1 className="text-xl font-semibold wrap-anywhere">{title}</h1>
          {description && (
            <div className="mt-2 text-base text-pretty wrap-anywhere text-muted">{description}</div>
          )}
          {children && <div className="mt-6 flex flex-col gap-5">{children}</div>}
        </div>
        {footer && (
          <div
            className={cn('mx-auto mt-6 px-1 text-sm text-muted', width === 'lg' ? 'max-w-xl' : 'max-w-md')}
          >
            {footer}
          </div>
        )}
      </main>
      <footer className="flex justify-center px-4 pb-6">
        <ThemeToggle />
      </footer>
    </div>
  )
}
