'use server'

import { revalidatePath } from 'next/cache'
import { EndingOfSchema } from '@/lib/core/agent-schemas'
import type { FormState } from '@/lib/core/form-state'
import { PATHS } from '@/lib/core/paths'
import { endSessionsOf } from '@/lib/data/agent-endings'
import { endPlaceOf } from '@/lib/data/agent-places'
import { permittedAction } from '@/lib/server/action'
import { describeEnded, refusal } from '../answers'

export const endPlaceAction = permittedAction(
  'MANAGE_AGENTS',
  EndingOfSchema,
  async ({ agentId, end }, actor): Promise<FormState> => {
    const { kind } = end
    const ended =
      kind === 'others'
        ? await endSessionsOf(actor, agentId)
        : await endPlaceOf(actor, agentId, { ...end, kind })
    revalidatePath(`${PATHS.agents}/${agentId}`)
    if (typeof ended === 'string') return refusal(ended)
    if (typeof ended === 'object') return { status: 'done', message: describeEnded(ended) }
    return { status: 'done', message: ended ? 'The session was ended.' : 'That session was over already.' }
  },
)
