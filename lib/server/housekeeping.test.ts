import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { temporaryFolder } from '@/scripts/testing/folders'
import { database, transact } from '../data/database'
import { TABLES_THAT_GROW } from '../data/over'
import { env } from '../env'
import { keepHouse, startHousekeeping, stopHousekeeping } from './housekeeping'
import { logger } from './logger'

vi.stubEnv('LOG_LEVEL', 'silent')

const LONG_AGO = new Date('2020-01-01T00:00:00.000Z')
let serial = 0

const plantCounts = (count: number) =>
  transact((tx) =>
    tx.rateLimit.createMany({
      data: Array.from({ length: count }, () => ({
        ...{ key: String(++serial), windowStartedAt: LONG_AGO, touchedAt: LONG_AGO },
      })),
    }),
  )
const counts = () => database().rateLimit.count()
const plantFailure = () =>
  transact((tx) =>
    tx.signInEvent.create({
      data: {
        ...{ emailTried: '', device: '', because: 'wrong-password', surface: 'CONTROL_PANEL' },
        ...{ outcome: 'failed', at: LONG_AGO },
      },
    }),
  )

describe.each(TEST_DATABASES)('housekeeping on %s', (kind) => {
  let close: () => Promise<void>
  beforeEach(async () => {
    close = await openTestDatabase(kind)
  })
  afterEach(async () => {
    vi.restoreAllMocks()
    await stopHousekeeping()
    await close()
  })

  const rename = (from: string, to: string) =>
    transact((tx) => tx.$executeRawUnsafe(`ALTER TABLE "${from}" RENAME TO "${to}"`))

  it.each(TABLES_THAT_GROW.filter((table) => table !== 'RateLimit'))(
    'goes on where %s can’t be read',
    async (table) => {
      await plantCounts(1)
      await plantFailure()
      const error = vi.spyOn(logger(), 'error').mockImplementation(() => {})
      await rename(table, 'Away')
      await keepHouse(new Date())
      expect(await counts()).toBe(0)
      expect(await database().signInEvent.count()).toBe(0)
      expect(error.mock.calls.map(([about]) => (about as { table: string }).table)).toEqual([table])
    },
  )

  it('drops what is over soon after the start, and again after a restart', async () => {
    for (const round of ['first', 'after a restart']) {
      await plantCounts(3)
      startHousekeeping(1)
      startHousekeeping(1)
      await vi.waitFor(async () => expect(await counts(), round).toBe(0))
      await stopHousekeeping()
    }
  })

  it('ends between two batches when it is stopped, and goes on where it was', async () => {
    await plantCounts(2_000)
    startHousekeeping(1)
    await vi.waitFor(async () => expect(await counts()).toBeLessThan(2_000), { interval: 1 })
    await stopHousekeeping()
    const left = await counts()
    expect(left % 200).toBe(0)
    await sleep(100)
    expect(await counts()).toBe(left)
    await keepHouse(new Date())
    expect(await counts()).toBe(0)
  })

  it('removes old files of kept mails', async () => {
    Object.assign(env(), { DATA_DIR: await temporaryFolder() })
    const folder = path.join(env().DATA_DIR, 'mail')
    await mkdir(folder)
    const name = '2020-01-01T00-00-00-000Z-01993b2e-7c4d-7a11-8f00-0123456789ab.eml'
    await writeFile(path.join(folder, name), '')
    await utimes(path.join(folder, name), LONG_AGO, LONG_AGO)
    await keepHouse(new Date())
    expect(await readdir(folder)).toEqual([])
  })

  it('begins nothing once it is stopped', async () => {
    await plantCounts(1)
    await keepHouse(new Date(), AbortSignal.abort())
    expect(await counts()).toBe(1)
  })
})
