import { parseAddress } from '@/lib/core/address'
import { transact } from '@/lib/data/database'

const HOUR_MS = 60 * 60 * 1000

/** That many attempts of one person, an hour apart and the latest an hour ago. */
export async function fillSignIns(accountId: string, agentId: string, count: number): Promise<void> {
  const address = parseAddress('198.51.100.7')
  await transact(async (tx) => {
    await tx.signInEvent.createMany({
      data: Array.from({ length: count }, (_, at) => ({
        ...{ accountId, agentId, address, emailTried: 'filled', device: `Attempt ${at + 1}` },
        ...{ surface: 'CONTROL_PANEL' as const, outcome: 'admitted', because: 'allowlist-off' },
        at: new Date(Date.now() - (at + 1) * HOUR_MS),
      })),
    })
  })
}

/** Changes what an audit row says behind Gatehouse's back. */
export async function tamperWithAudit(accountId: string, sequence: number, actorName: string): Promise<void> {
  await transact((tx) => tx.auditEvent.updateMany({ where: { accountId, sequence }, data: { actorName } }))
}
