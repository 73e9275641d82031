'use server'

import { ApprovalDecisionSchema } from '@/lib/core/approval-schemas'
import type { FormState } from '@/lib/core/form-state'
import { decideApproval } from '@/lib/data/approvals'
import { permittedAction } from '@/lib/server/action'
import { askForPassword } from '@/lib/server/prove-again'
import { refreshed } from './asking'

/** "Approve" and "Refuse". */
export const decideApprovalAction = permittedAction(
  'MANAGE_SECURITY',
  ApprovalDecisionSchema,
  async ({ id, decision }, actor, { session }): Promise<FormState> => {
    const approve = decision === 'approve'
    switch (await decideApproval(actor, { id, approve, provenAt: session.provenAt })) {
      case 'approved':
        return refreshed({ status: 'done', message: 'Approved. They can ask for their link now.' })
      case 'refused':
        return refreshed({ status: 'done', message: 'Refused. Nothing was authorized.' })
      case 'gone':
        return refreshed({ status: 'refused', message: 'This request is over, or was decided already.' })
      case 'own':
        return { status: 'refused', message: 'Another admin has to decide about your own request.' }
      case 'prove-again':
        return askForPassword()
    }
  },
)
