import { formatAddress } from './address'
import { countOf } from './allowlist-words'
import type { Impact } from './impact'

/** What a screen shows of an impact. */
export interface ImpactView {
  headline: string
  /** Some of those who would be refused, the worst off first. */
  people: readonly ImpactLine[]
  /** How many more there are. */
  more: number
  /** How many of those who would be refused are somebody else than who asks. */
  colleagues: number
  /** What is not known. */
  note: string | null
}

export interface ImpactLine {
  agentId: string
  name: string
  /** Null: it was unknown. */
  address: string | null
  isMobile: boolean
  /** ISO text. */
  at: string
  /** "and from 2 other addresses", "still gets in from another address". */
  besides: readonly string[]
}

const SHOWN = 5

/** An impact in words. `days` is how far it looks back, `rowsRead` how many sign-ins at most. */
export function viewImpact(
  impact: Impact & { isHypothetical: boolean; isSample: boolean; endsLater: boolean },
  { agentId, days, rowsRead }: { agentId: string | null; days: number; rowsRead: number },
): ImpactView {
  const { refused } = impact
  return {
    headline: headlineOf(impact, `during the last ${days} days`),
    people: refused.slice(0, SHOWN).map((one) => ({
      agentId: one.agentId,
      name: one.name,
      address: one.address && formatAddress(one.address),
      isMobile: one.surface === 'MOBILE',
      at: new Date(one.atMs).toISOString(),
      besides: [
        ...(one.others > 0 ? [`and from ${countOf(one.others, 'other address', 'other addresses')}`] : []),
        ...(one.hasWayIn ? ['still gets in from another address'] : []),
      ],
    })),
    more: Math.max(0, refused.length - SHOWN),
    colleagues: refused.filter((one) => one.agentId !== agentId).length,
    note: impact.isSample
      ? `Looked at the latest ${rowsRead.toLocaleString('en')} sign-ins, and everybody’s last one.`
      : null,
  }
}

function headlineOf(
  { people, refused, isHypothetical, endsLater }: Parameters<typeof viewImpact>[0],
  lately: string,
): string {
  if (people === 0) return `Nobody signed in ${lately}, so nobody can be named who would be refused.`
  const who = `${people === 1 ? 'person' : 'people'} who signed in ${lately}`
  const [begin, all] = isHypothetical ? ['If the list were on, ', 'all'] : ['', 'All']
  if (refused.length === 0)
    return people === 1
      ? `${begin}${isHypothetical ? 'the' : 'The'} one ${who} would get in.`
      : `${begin}${all} ${people.toLocaleString('en')} ${who} would get in.`
  const end = endsLater ? ', at the latest when the range expires' : ''
  return `${begin}${refused.length.toLocaleString('en')} of ${people.toLocaleString('en')} ${who} would be refused${end}.`
}
