'use server'

import { revalidatePath } from 'next/cache'
import { FactorRequirementSchema } from '@/lib/core/factor-schemas'
import type { FormState } from '@/lib/core/form-state'
import { PATHS } from '@/lib/core/paths'
import { setFactorRequired } from '@/lib/data/factor-requirement'
import { permittedAction } from '@/lib/server/action'
import { askForPassword } from '@/lib/server/prove-again'

export const requireFactorsAction = permittedAction(
  'MANAGE_SECURITY',
  FactorRequirementSchema,
  async ({ to }, actor, { session }): Promise<FormState> => {
    const changed = await setFactorRequired(actor, { required: to, provenAt: session.provenAt })
    if (changed === 'prove-again') return askForPassword()
    revalidatePath(PATHS.factorSettings)
    return {
      status: 'done',
      message: to
        ? 'Admins need a second factor from their next sign-in on.'
        : 'A second factor is up to each admin again.',
    }
  },
)
