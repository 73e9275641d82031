import type { Agent } from 'node:http'
import type { Gatehouse } from '../e2e/fixtures/gatehouse'
import type { Account, Person } from '../e2e/seeder/account'
import { PATHS } from '../lib/core/paths'
import { asking } from './http-load'

/** Where the people of the bench are; their lists have this address. */
export const IP = '198.51.100.7'
export const LONG_LIST = 100_000
/** The proxy in front of the servers is this machine, so that a request can come from anywhere. */
export const BEHIND_PROXY = { TRUSTED_PROXIES: '127.0.0.0/8' }

/** An account with that many ranges and these switches; its agent Lena is who opens pages and signs in. */
export async function accountWith(
  { seed }: Pick<Gatehouse, 'seed'>,
  ranges: number,
  switches: Parameters<Gatehouse['seed']['setSwitches']>[1],
): Promise<Account> {
  const account = await seed.makeAccount({ agents: 1, ranges: [`${IP} Office`] })
  await seed.fillRanges(account.id, ranges - 1)
  await seed.setSwitches(account.id, switches)
  return account
}

/** Opens the Agent Console, as a browser that sends this cookie. */
export function openingPage(
  agent: Agent,
  url: string | (() => string),
  cookie = '',
  query = '',
): () => Promise<void> {
  const headers = () => ({ cookie, 'x-forwarded-for': IP })
  const base = typeof url === 'string' ? () => url : url
  return asking(agent, () => base() + PATHS.agentConsole + query, 200, { headers })
}

let serial = 0

/** Signs Lena's phone in, from one of the first addresses of her account's list; tries from one address queue up. */
export function signingIn(agent: Agent, url: () => string, { email, password }: Person): () => Promise<void> {
  const body = JSON.stringify({ email, password, device: 'Pixel 9' })
  const headers = () => ({
    'content-type': 'application/json',
    'x-forwarded-for': `198.18.0.${2 * (serial++ % 9)}`,
  })
  return asking(agent, () => `${url()}/api/mobile/v1/sign-in`, 200, { headers, body })
}
