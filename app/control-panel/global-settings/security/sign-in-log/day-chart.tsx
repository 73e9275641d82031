import { SIGN_IN_OUTCOMES, type SignInOutcome } from '@/lib/core/sign-in-listing'
import { OUTCOME_WORDS } from '@/lib/core/sign-in-words'
import type { SignInDay } from '@/lib/data/sign-in-log'

const HEIGHT = 96
/** Fewer days leave room at the right, so that no bar is broad. */
const DAYS_MIN = 14
/** A bar and the gap beside it. */
const [BAR, GAP] = [10, 3]

/** From the bottom of a bar to its top. */
const LOOKS: Readonly<Record<SignInOutcome, { fill: string; swatch: string }>> = {
  admitted: { fill: 'fill-accent', swatch: 'bg-accent' },
  refused: { fill: 'fill-danger', swatch: 'bg-danger' },
  failed: { fill: 'fill-control', swatch: 'bg-control' },
}

/** Attempts of each day as bars, and the same as a table for who can't see them. */
export function DayChart({ days }: { days: readonly SignInDay[] }) {
  const most = Math.max(1, ...days.map(sum))
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last) return null
  return (
    <figure className="px-4 py-4 sm:px-6 sm:py-5">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <span className="text-sm font-medium">All logged attempts per day</span>
        <span aria-hidden="true" className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
          {SIGN_IN_OUTCOMES.map((outcome) => (
            <span key={outcome} className="inline-flex items-center gap-1.5">
              <span className={`size-2.5 rounded-xs forced-color-adjust-none ${LOOKS[outcome].swatch}`} />
              {OUTCOME_WORDS[outcome]}
              <span className="tabular-nums">{format(days.reduce((all, day) => all + day[outcome], 0))}</span>
            </span>
          ))}
        </span>
      </figcaption>
      <div aria-hidden="true" className="mt-3 flex gap-3">
        <svg
          aria-hidden="true"
          viewBox={`0 0 ${Math.max(DAYS_MIN, days.length) * (BAR + GAP) - GAP} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="h-24 min-w-0 flex-1 forced-color-adjust-none border-b border-line-strong"
        >
          {days.map((day, at) => (
            <Bar key={day.day} day={day} x={at * (BAR + GAP)} most={most} />
          ))}
        </svg>
        <span className="flex h-24 flex-col justify-between text-right text-xs text-muted tabular-nums">
          <span>{format(most)}</span>
          <span>0</span>
        </span>
      </div>
      <p aria-hidden="true" className="mt-1.5 flex gap-2 pr-10 text-xs text-muted tabular-nums">
        <span>{dayInWords(first.day)}</span>
        {first !== last && (
          <>
            {days.length < DAYS_MIN && <span>to</span>}
            <span className={days.length < DAYS_MIN ? undefined : 'ml-auto'}>{dayInWords(last.day)}</span>
          </>
        )}
      </p>
      <div className="sr-only">
        <table>
          <caption>Attempts per day, in UTC</caption>
          <thead>
            <tr>
              <th scope="col">Day</th>
              {SIGN_IN_OUTCOMES.map((outcome) => (
                <th key={outcome} scope="col">
                  {OUTCOME_WORDS[outcome]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.day}>
                <th scope="row">{dayInWords(day.day)}</th>
                {SIGN_IN_OUTCOMES.map((outcome) => (
                  <td key={outcome}>{format(day[outcome])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  )
}

function Bar({ day, x, most }: { day: SignInDay; x: number; most: number }) {
  let y = HEIGHT
  return (
    <g>
      <title>{`${dayInWords(day.day)}: ${SIGN_IN_OUTCOMES.map((one) => `${day[one]} ${OUTCOME_WORDS[one]}`).join(', ')}`}</title>
      {SIGN_IN_OUTCOMES.map((outcome) => {
        // One attempt among thousands is still seen.
        const height = day[outcome] === 0 ? 0 : Math.max(1.5, (day[outcome] / most) * HEIGHT)
        y -= height
        return (
          <rect
            key={outcome}
            className={LOOKS[outcome].fill}
            {...{ x, y: Math.max(0, y), width: BAR, height }}
          />
        )
      })}
    </g>
  )
}

function sum(day: SignInDay): number {
  return SIGN_IN_OUTCOMES.reduce((all, outcome) => all + day[outcome], 0)
}

function format(number: number): string {
  return number.toLocaleString('en')
}

function dayInWords(day: string): string {
  const parts = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat('en-GB', parts).format(new Date(`${day}T00:00:00Z`))
}
