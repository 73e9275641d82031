import type { Transaction } from '@/lib/data/database'
import { type SessionStart, startSession } from '@/lib/data/sessions'

/** A session of somebody who has just proven the password they have now. */
export async function plantSession(
  tx: Transaction,
  start: Omit<SessionStart, 'passwordChangedAt' | 'provenAt' | 'factorProven'>,
): Promise<{ id: string }> {
  const { passwordChangedAt } = await tx.agent.findUniqueOrThrow({ where: { id: start.agentId } })
  const session = await startSession(tx, {
    ...start,
    passwordChangedAt,
    provenAt: new Date(),
    factorProven: false,
  })
  if (!session) throw new Error('The agent of this session is disabled.')
  return session
}
