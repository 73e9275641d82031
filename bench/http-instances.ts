import type { Agent } from 'node:http'
import { databasesOf } from '../e2e/fixtures/databases'
import { type Gatehouse, startGatehouse } from '../e2e/fixtures/gatehouse'
import { accountWith, BEHIND_PROXY, IP, openingPage, signingIn } from './http-account'
import { inTurns, printTable } from './http-load'
import { signInOver } from './signed-in'

const PAGES = { rounds: 30, ms: 400, atOnce: 8 }
const SIGN_INS = { rounds: 20, ms: 600, atOnce: 6 }

/** One instance beside two on one PostgreSQL, asked round robin by a client that knows both. There is no limit to keep. */
export async function measureInstances(agent: Agent): Promise<string[]> {
  const databases = databasesOf('postgresql')
  const servers: Gatehouse[] = []
  try {
    const settings = { ...BEHIND_PROXY, ...(await databases.another()) }
    for (let instance = 0; instance < 2; instance++) servers.push(await startGatehouse(settings))
    const [first] = servers as [Gatehouse]
    const { lena } = await accountWith(first, 10, { allowlistEnabled: true, mobileEnforced: true })
    const cookie = await signInOver(first.url, lena, IP)
    let turn = 0
    const one = () => first.url
    const both = () => (servers[turn++ % servers.length] as Gatehouse).url
    const pages = await inTurns(
      [
        { name: 'page, one instance', ask: openingPage(agent, one, cookie) },
        { name: 'page, two instances', ask: openingPage(agent, both, cookie) },
      ],
      PAGES,
    )
    printTable(`Agent Console on PostgreSQL, allowlist on, ${PAGES.atOnce} requests at once`, pages)
    const signIns = await inTurns(
      [
        { name: 'sign-in, one instance', ask: signingIn(agent, one, lena) },
        { name: 'sign-in, two instances', ask: signingIn(agent, both, lena) },
      ],
      SIGN_INS,
    )
    printTable(`Sign-ins on the mobile API, PostgreSQL, ${SIGN_INS.atOnce} at once`, signIns)
    return []
  } finally {
    for (const server of servers) await server.stop()
    await databases.stop()
  }
}
