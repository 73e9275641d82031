import type { ReactNode } from 'react'
import { Breadcrumbs, type Crumb } from '../ui/breadcrumbs'
import { TabTitle } from './tab-title'

interface PageHeaderProps {
  /** The page's only h1. */
  title: string
  breadcrumbs?: readonly Crumb[]
  description?: ReactNode
  /** Beside the title, e.g. a Badge. */
  badge?: ReactNode
  /** Buttons at the right. */
  actions?: ReactNode
}

/** Top of a signed-in page. The browser's tab names it, and the pages above it. */
export function PageHeader({ title, breadcrumbs = [], description, badge, actions }: PageHeaderProps) {
  const above = breadcrumbs.filter(({ href }) => href).map(({ label }) => label)
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
      <TabTitle parts={[title, ...above.reverse()]} />
      <div className="min-w-0 flex-1 basis-72">
        {breadcrumbs.length > 0 && <Breadcrumbs items={breadcrumbs} />}
        <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="text-2xl font-semibold wrap-anywhere">{title}</h1>
          {badge}
        </div>
        {description && (
          <div className="mt-2 max-w-prose text-base text-pretty wrap-anywhere text-muted">{description}</div>
        )}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </div>
  )
}
