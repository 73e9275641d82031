import { type ImpactView, viewImpact } from '@/lib/core/impact-words'
import type { Actor } from '@/lib/core/permissions'
import type { DraftImpact } from '@/lib/data/allowlist-impact'
import { RECENT_DAYS, RECENT_ROWS_MAX } from '@/lib/data/recent-sign-ins'

/** What this screen shows the actor of an impact. */
export function viewOf(impact: DraftImpact, { agentId }: Actor): ImpactView {
  return viewImpact(impact, { agentId, days: RECENT_DAYS, rowsRead: RECENT_ROWS_MAX })
}
