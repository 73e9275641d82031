import { Download, LogIn } from 'lucide-react'
import type { ReactNode } from 'react'
import { PageHeader } from '@/components/shell/page-header'
import { ButtonLink } from '@/components/ui/button-link'
import { buttonStyles } from '@/components/ui/button-styles'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { LogPages } from '@/components/ui/log-pages'
import { formatFields, formatPlace, type LogPlace, parsePart } from '@/lib/core/log-page'
import { PATHS } from '@/lib/core/paths'
import { parseSignInFilter, TOO_MANY_PEOPLE } from '@/lib/core/sign-in-listing'
import { readSignInsKeptDays } from '@/lib/data/sign-in-keeping'
import { CHART_DAYS_MAX, countSignInsByDay, listSignIns } from '@/lib/data/sign-in-log'
import { requirePermission } from '@/lib/server/current'
import { DayChart } from './day-chart'
import { KeepingForm } from './keeping-form'
import { SignInFilterForm } from './sign-in-filter'
import { SignInsTable } from './sign-ins-table'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function SignInLogPage({ searchParams }: Props) {
  const given = await searchParams
  const { actor } = await requirePermission('MANAGE_SECURITY', PATHS.signInLog)
  const parsed = parseSignInFilter(given)
  const page = parsed.ok ? await listSignIns(actor, parsed.filter, parsePart(given)) : null
  const problems = parsed.ok ? (page ? {} : { person: TOO_MANY_PEOPLE }) : parsed.problems
  const days = parsed.ok ? await countSignInsByDay(actor, parsed.filter.time, new Date()) : []
  const filter = formatFields(parsed.fields)
  const hrefAt = (name: 'newer' | 'older', place: LogPlace | null) =>
    place && PATHS.signInLog + formatFields({ ...parsed.fields, [name]: formatPlace(place) })
  return (
    <>
      <PageHeader
        title="Sign-in Log"
        breadcrumbs={[{ label: 'Global Settings' }, { label: 'Security' }, { label: 'Sign-in Log' }]}
        description="Who tried to sign in to this account, from where, and why they were let in or not."
        actions={
          page &&
          page.rows.length > 0 && (
            <a href={`${PATHS.signInLog}/csv${filter}`} className={buttonStyles()}>
              <Download aria-hidden="true" />
              Download CSV
            </a>
          )
        }
      />
      <Card flush>
        <SignInFilterForm fields={parsed.fields} problems={problems} />
        {!page ? (
          <Nothing title="The filter can’t be used yet">
            Correct the field that is marked above. Nothing of the rest is lost.
          </Nothing>
        ) : page.rows.length > 0 ? (
          <>
            <DayChart days={days} />
            {days.length === CHART_DAYS_MAX && (
              <p className="-mt-3 px-4 pb-4 text-xs text-muted sm:px-6">
                The chart shows the latest {CHART_DAYS_MAX} days of this time.
              </p>
            )}
            <div className="border-t border-line">
              <SignInsTable rows={page.rows} />
            </div>
          </>
        ) : filter || page.newer ? (
          <Nothing
            title="No attempt matches"
            actions={<ButtonLink href={PATHS.signInLog}>Show all attempts</ButtonLink>}
          >
            Take something out of the filter, or choose a longer time.
          </Nothing>
        ) : (
          <Nothing title="Nobody has tried to sign in yet">
            The next attempt stands here, whatever becomes of it.
          </Nothing>
        )}
        {page && (
          <LogPages
            label="Attempts"
            newerHref={hrefAt('newer', page.newer)}
            olderHref={hrefAt('older', page.older)}
          />
        )}
      </Card>
      <KeepingForm days={await readSignInsKeptDays(actor)} />
    </>
  )
}

function Nothing({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <EmptyState icon={<LogIn />} title={title} actions={actions}>
      {children}
    </EmptyState>
  )
}
