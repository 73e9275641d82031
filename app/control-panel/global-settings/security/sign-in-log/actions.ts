'use server'

import { revalidatePath } from 'next/cache'
import { PATHS } from '@/lib/core/paths'
import { KeepingSchema } from '@/lib/core/sign-in-listing'
import { setSignInsKeptDays } from '@/lib/data/sign-in-keeping'
import { permittedAction } from '@/lib/server/action'

export const saveKeepingAction = permittedAction(
  'MANAGE_SECURITY',
  KeepingSchema,
  async ({ days }, actor) => {
    await setSignInsKeptDays(actor, days)
    revalidatePath(PATHS.signInLog)
    return { status: 'done', message: `Attempts are kept for ${days} days.` }
  },
)
