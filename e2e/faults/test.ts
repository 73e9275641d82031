import { test as base } from '@playwright/test'
import { type Postgres, startPostgres } from '@/scripts/testing/postgres'
import { startTroubledMailServer, type TroubledMailServer } from '@/scripts/testing/troubled-mail-server'
import { type Browsers, browsersOf } from '../fixtures/browsers'
import { type DatabaseKind, databasesOf } from '../fixtures/databases'
import { type Gatehouse, type Settings, startGatehouse } from '../fixtures/gatehouse'
import { BEHIND_PROXY } from '../fixtures/test'

export { expect } from '@playwright/test'
export { DATABASES } from '../fixtures/databases'

/** Whatever a fault needs; all of it is stopped at the end of its test. */
interface Stage {
  /** Settings for one or more servers on one empty database of this kind. */
  database(kind: DatabaseKind): Promise<Settings>
  start(settings: Settings, options?: { preload?: Record<string, string> }): Promise<Gatehouse>
  postgres(below?: string): Promise<Postgres>
  mail(): Promise<TroubledMailServer>
  /** Done at the end, the latest first. */
  finally(undo: () => unknown): void
}

export const test = base.extend<{ stage: Stage; from: Browsers['from'] }>({
  stage: async ({ browserName: _ }, use) => {
    const undoing: (() => unknown)[] = []
    const kept = <T extends { stop(): Promise<void> }>(one: T): T => {
      undoing.push(() => one.stop())
      return one
    }
    await use({
      async database(kind) {
        const databases = kept(databasesOf(kind))
        return databases.another()
      },
      start: async (settings, options) =>
        kept(await startGatehouse({ ...BEHIND_PROXY, ...settings }, options)),
      postgres: async (below) => kept(await startPostgres(below)),
      mail: async () => kept(await startTroubledMailServer()),
      finally: (undo) => void undoing.push(undo),
    })
    for (const undo of undoing.reverse()) await undo()
  },
  from: async ({ browser }, use) => {
    const browsers = browsersOf(browser, { url: '' })
    await use(browsers.from)
    await browsers.close()
  },
})
