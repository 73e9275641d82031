import { transact } from '@/lib/data/database'

/** Adds that many plain agents to an account, who have never signed in; of ten one is disabled. */
export async function fillAgents(accountId: string, count: number): Promise<void> {
  const data = Array.from({ length: count }, (_, at) => ({
    ...{ accountId, name: `Person ${at + 1}`, email: `person-${at + 1}@northwind.example` },
    ...{ passwordHash: '', enabled: at % 10 !== 3 },
  }))
  await transact((tx) => tx.agent.createMany({ data }))
}
