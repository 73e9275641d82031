import { Agent } from 'node:http'
import { startGatehouse } from '../e2e/fixtures/gatehouse'
import { PATHS } from '../lib/core/paths'
import { median } from './measure'
import { signInOver } from './signed-in'
import { timePage } from './time-page'

const IP = '198.51.100.7'
const WARM_UP = 100
const ROUNDS = 600

/** One state of the allowlist whose cost is wanted; the first one is what the others are compared with. */
const STATES = {
  off: {},
  'on, asked at sign-in': { allowlistEnabled: true },
  'on, every request checked': { allowlistEnabled: true, checkEveryRequest: true },
} as const

/**
 * What the allowlist costs the IP Allowlist page: server time of the signed-in page in the production build (`npm run build`
 * first), an account for each state with 1,000 ranges, one request after the other and the states in turn.
 */
export async function run(): Promise<void> {
  const server = await startGatehouse({ TRUSTED_PROXIES: '127.0.0.0/8' })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  try {
    const pages: { name: string; cookie: string; times: number[] }[] = []
    for (const [name, switches] of Object.entries(STATES)) {
      const account = await server.seed.makeAccount({ ranges: [`${IP} Office`] })
      await server.seed.fillRanges(account.id, 999)
      await server.seed.setSwitches(account.id, switches)
      pages.push({ name, cookie: await signInOver(server.url, account.ana, IP), times: [] })
    }
    for (let round = -WARM_UP; round < ROUNDS; round++)
      for (const page of pages) {
        const ms = await timePage(agent, server.url + PATHS.ipAllowlist, page.cookie, IP)
        if (round >= 0) page.times.push(ms)
      }
    report(pages)
  } finally {
    agent.destroy()
    await server.stop()
  }
}

function report(pages: readonly { name: string; times: readonly number[] }[]): void {
  const base = median(pages[0]?.times ?? [])
  console.log(`IP Allowlist page, 1,000 ranges, ${ROUNDS} requests each, taken in turn\n`)
  console.log(`${'allowlist'.padEnd(28)} median ms   ratio to off`)
  for (const { name, times } of pages)
    console.log(
      `${name.padEnd(28)} ${median(times).toFixed(2).padStart(9)}   ${(median(times) / base).toFixed(3)}`,
    )
}
