import { setImmediate } from 'node:timers/promises'
import { afterEach, expect, test, vi } from 'vitest'
import { accountOf, someAdmin } from '@/scripts/testing/allowlists'
import { openTestDatabase } from '@/scripts/testing/databases'
import { transact } from '../data/database'
import { recordUnanswered } from '../data/half-sign-ins'
import { settleAccounts } from '../data/settling'
import { startKeepingDeadlines, stopKeepingDeadlines } from './deadlines'

// Watched, not replaced.
vi.mock('../data/half-sign-ins', { spy: true })
vi.mock('../data/settling', { spy: true })
vi.stubEnv('LOG_LEVEL', 'silent')

afterEach(() => {
  stopKeepingDeadlines()
  vi.useRealTimers()
})

test('a round that has to wait for the database is the only one, and the next begins after it', async () => {
  const close = await openTestDatabase('sqlite')
  const ada = await someAdmin()
  const off = { allowlistEnabled: false, offUntil: new Date(Date.now() - 1000) }
  await transact((tx) => tx.account.update({ where: { id: ada.accountId }, data: off }))
  let release = () => {}
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const held = transact(() => gate)
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  const [settled, recorded] = [vi.mocked(settleAccounts).mock, vi.mocked(recordUnanswered).mock]

  startKeepingDeadlines()
  startKeepingDeadlines()
  vi.advanceTimersByTime(60_000)
  expect([settled.calls.length, recorded.calls.length]).toEqual([1, 0])

  release()
  await held
  expect(await settled.results[0]?.value).toBe(1)
  expect(await accountOf(ada)).toMatchObject({ allowlistEnabled: true, offUntil: null })
  await setImmediate()
  expect(await recorded.results[0]?.value).toBe(0)
  await setImmediate()
  vi.advanceTimersByTime(5_000)
  expect(settled.calls).toHaveLength(2)
  expect(await settled.results[1]?.value).toBe(0)
  await setImmediate()
  await recorded.results[1]?.value
  await close()
})
