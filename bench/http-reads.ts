import type { Account } from '../e2e/seeder/account'
import { parseAddress } from '../lib/core/address'
import type { Actor } from '../lib/core/permissions'
import { listOwnPlaces } from '../lib/data/agent-places'
import { findCoverage } from '../lib/data/allowlist-state'
import { database, useDatabase } from '../lib/data/database'
import { listOwnFactors } from '../lib/data/factors'
import { findLiveSession } from '../lib/data/sessions'
import { listOwnSignIns } from '../lib/data/sign-in-events'
import type { Constants } from './http-bare'

/** What the Agent Console reads for one signed-in agent. */
export interface PageReads {
  /** All of it once, as the page does. */
  read(): Promise<unknown>
  /** The same answers as constants, for a page without a database. */
  constants: Constants
}

/** Opens the database in this process too, and reads what the page of that account's Lena reads. */
export async function readingsOf(databaseUrl: string, { lena }: Account, ip: string): Promise<PageReads> {
  process.env.AUTH_SECRET ??= 'a secret for benches, 32 characters at least'
  await useDatabase(databaseUrl)
  const address = parseAddress(ip)
  const row = await database().session.findFirstOrThrow({ where: { agentId: lena.id } })
  const session = await findLiveSession(row.id, Date.now(), address)
  if (!session) throw new Error('The session that was just begun is over.')
  const { agent, account } = session
  const actor: Actor = { ...agent, accountId: account.id, agentId: agent.id, via: 'web', address }
  const readAll = () =>
    Promise.all([
      listOwnFactors(actor),
      listOwnPlaces(actor, Date.now()),
      listOwnSignIns(agent.id, account.id),
      findCoverage(account, address, Date.now()),
    ])
  const [factors, places, signIns, coverage] = await readAll()
  const current = { session, client: { address }, actor, isAdmitted: true }
  return {
    read: readAll,
    constants: {
      'lib/server/current.ts': { requireAgent: current, requireAdmitted: current },
      'lib/data/factors.ts': { listOwnFactors: factors },
      'lib/data/agent-places.ts': { listOwnPlaces: places },
      'lib/data/sign-in-events.ts': { listOwnSignIns: signIns },
      'lib/data/allowlist-state.ts': { findCoverage: coverage },
      // Lena gets none, so the page doesn't ask.
      'lib/data/notice-choice.ts': { readWantedNotices: [] },
    },
  }
}
