import { parseAddress } from '@/lib/core/address'
import type { Surface } from '@/lib/core/allowlist'
import { transact } from '@/lib/data/database'

export interface PlantedSignIn {
  agentId: string
  address: string
  surface?: Surface
  hoursAgo?: number
}

/** Sign-ins that were admitted a while ago, as the log holds them. */
export async function plantSignIns(accountId: string, signIns: PlantedSignIn[]): Promise<void> {
  await transact(async (tx) => {
    for (const { agentId, address, surface = 'AGENT_CONSOLE', hoursAgo = 1 } of signIns) {
      const at = new Date(Date.now() - hoursAgo * 60 * 60 * 1000)
      const facts = { emailTried: '', device: '', outcome: 'admitted', because: 'allowlist-off' }
      await tx.signInEvent.create({
        data: { ...facts, accountId, agentId, surface, at, address: parseAddress(address) },
      })
    }
  })
}
