import { z } from 'zod'

/** A decision on a request; `password` answers the question for it. */
export const ApprovalDecisionSchema = z.object({
  id: z.string('Choose a request.').regex(/^[\w-]{1,64}$/, 'Choose a request.'),
  decision: z.enum(['approve', 'refuse'], 'Choose what to do.'),
})
