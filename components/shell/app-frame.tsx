import type { ReactNode } from 'react'
import { Link } from '../ui/link'
import { Brand } from './brand'
import { Main } from './main'
import { type Person, PersonMenu } from './person-menu'
import { SideNav, type SideNavContent, SideNavToggle } from './side-nav'
import { SkipLink } from './skip-link'

interface AppFrameProps {
  accountName: string
  person: Person
  /** Left out where there is only one page: then there is no side column. */
  nav?: SideNavContent
  /** Where the brand leads. */
  homeHref?: string
  /** Across the page under the header, e.g. a Callout that concerns everything. */
  banner?: ReactNode
  children: ReactNode
}

/** The frame of every signed-in page: skip link, header, side navigation, main. */
export function AppFrame({ accountName, person, nav, homeHref = '/', banner, children }: AppFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="border-b border-line bg-surface">
        <SkipLink />
        <div className="flex h-14 items-center gap-2 px-3 sm:px-5">
          {nav && <SideNavToggle />}
          <Link
            plain
            href={homeHref}
            className="flex h-8 shrink-0 items-center rounded-md px-1"
            aria-label="Gatehouse, home"
          >
            <Brand className="max-[18rem]:[&>svg+*]:hidden" />
          </Link>
          <span aria-hidden="true" className="mx-1 h-5 w-px rotate-[18deg] bg-line-strong max-sm:hidden" />
          <span className="min-w-0 truncate text-sm text-muted max-sm:hidden">{accountName}</span>
          <div className="ml-auto">
            <PersonMenu person={person} accountName={accountName} />
          </div>
        </div>
      </header>
      <div className="flex flex-1">
        {nav && (
          <div className="lg:w-60 lg:shrink-0 lg:border-r lg:border-line print:hidden">
            <SideNav {...nav} />
          </div>
        )}
        <Main>
          <div className="mx-auto flex w-full max-w-7xl flex-col gap-6 px-4 py-6 sm:px-8 sm:py-8">
            {banner}
            {children}
          </div>
        </Main>
      </div>
    </div>
  )
}
