import type { Gatehouse, Settings } from '../fixtures/gatehouse'
import { BEHIND_PROXY, test as base } from '../fixtures/test'

/** Where the demo's Lisbon office is. */
export const LISBON = '203.0.113.12'
export const AWAY = '198.51.100.99'

export interface Demo {
  server: Gatehouse
  accountId: string
  password: string
  /** The person of that first name. */
  person(first: string): { email: string; password: string }
}

/** A server with the demo account, which has believable people, ranges and sign-ins. */
export const test = base.extend<{ demo: (settings?: Settings) => Promise<Demo> }>({
  demo: async ({ special }, use) => {
    await use(async (settings = {}) => {
      const server = await special({ ...BEHIND_PROXY, ...settings })
      const { account, password } = JSON.parse(await server.cli('demo', '--json'))
      const person = (first: string) => ({ email: `${first}@northwind.example`, password })
      return { server, accountId: account.id, password, person }
    })
  },
})
