import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { someAdmin } from '@/scripts/testing/allowlists'
import { openTestDatabase } from '@/scripts/testing/databases'
import { lockAccount, openUrl, transact, useDatabase } from './database'

/** Once it is on there are so few connections, and the wait for one is so short, that nobody waits long here. */
const small = vi.hoisted(() => ({ isOn: false, max: 2, connectionTimeoutMillis: 500 }))

vi.mock('./adapter', async (importOriginal) => {
  const real = await importOriginal<typeof import('./adapter')>()
  const { isOn: _, ...pool } = small
  const databaseAdapter = (connectionString: string) =>
    small.isOn ? new PrismaPg({ connectionString, ...pool }) : real.databaseAdapter(connectionString)
  return { ...real, databaseAdapter }
})

let close = async () => {}
beforeAll(async () => {
  close = await openTestDatabase('postgresql')
})
afterAll(() => close())

test('who finds every connection waiting for another account gets a turn', async () => {
  const [busy, other] = [await someAdmin(), await someAdmin()]
  small.isOn = true
  await useDatabase(openUrl())
  let release = () => {}
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  let begun = 0
  const hold = (): Promise<void> =>
    transact(async (tx) => {
      begun++
      if (begun === 1) await lockAccount(tx, busy.accountId)
      await released
      // On a busy machine a connection may take longer to be made than anybody waits here.
    }).catch(hold)
  const holding = Array.from({ length: small.max }, hold)
  try {
    await expect.poll(() => begun, { timeout: 20_000 }).toBe(small.max)
    setTimeout(release, 2 * small.connectionTimeoutMillis)
    const deed = transact((tx) => lockAccount(tx, other.accountId).then(() => 'done'))
    expect(await deed.catch(String)).toBe('done')
  } finally {
    release()
    await Promise.all(holding)
    small.isOn = false
  }
})
