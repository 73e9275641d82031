import type { Surface } from '@/lib/core/allowlist'
import type { Actor } from '@/lib/core/permissions'
import { transact } from '@/lib/data/database'
import { address } from './allowlists'

const HOUR_MS = 60 * 60 * 1000

export interface LoggedSignIn {
  agentId?: string | null
  at: string | null
  hoursAgo?: number
  surface?: Surface
  outcome?: 'admitted' | 'refused' | 'failed'
  rangeId?: string
  because?: string
}

/** Rows of the log as sign-ins of the actor's account would have left them. */
export async function plantSignIns(actor: Actor, ...signIns: LoggedSignIn[]): Promise<void> {
  const rows = signIns.map(
    ({ at, hoursAgo = 1, surface = 'CONTROL_PANEL', outcome = 'admitted', ...rest }) => ({
      agentId: actor.agentId,
      because: outcome === 'admitted' ? 'allowlist-off' : 'not-listed',
      ...rest,
      ...{ surface, outcome, accountId: actor.accountId, emailTried: '', device: '' },
      address: at === null ? null : address(at),
      at: new Date(Date.now() - hoursAgo * HOUR_MS),
    }),
  )
  await transact(async (tx) => {
    for (const data of rows) await tx.signInEvent.create({ data })
    const agents = new Set(
      rows.flatMap(({ agentId, outcome }) => (agentId && outcome === 'admitted' ? [agentId] : [])),
    )
    for (const id of agents) await tx.agent.update({ where: { id }, data: { lastSignInAt: new Date() } })
  })
}
