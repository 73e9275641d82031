'use server'

import { after } from 'next/server'
import { ResetRequestSchema } from '@/lib/core/entry-schemas'
import type { FormState } from '@/lib/core/form-state'
import { throttledMessage } from '@/lib/core/rate-limit'
import { openAction } from '@/lib/server/action'
import { currentClient } from '@/lib/server/client'
import { countResetRequest, sendReset } from '@/lib/server/reset'

export const requestResetAction = openAction(ResetRequestSchema, async ({ email }): Promise<FormState> => {
  const client = await currentClient()
  const minutes = await countResetRequest(email, client)
  if (minutes > 0) return { status: 'refused', message: throttledMessage(minutes) }
  after(() => sendReset(email, client))
  return { status: 'done', result: { email } }
})
