import { OFFICE } from '../fixtures/places'
import {
  acknowledged,
  addFrom,
  addressNumber,
  holdsTo,
  newLedger,
  recordAdding,
  refreshPhone,
  signPhoneIn,
} from './ledger'
import { DATABASES, expect, test } from './test'

const KILLS = Number(process.env.FAULT_KILLS ?? 50)
const WRITES = ['ranges', 'phones', 'refreshes'] as const
const ADDING = 2
/** Nobody is answered while the server starts, so whoever writes asks again. */
const ASK_AGAIN_MS = 50
const SOMEWHERE_WITHIN_MS = 100

for (const database of DATABASES)
  test(`${database}: killed ${KILLS} times during writes, nothing acknowledged is lost and nothing half done`, async ({
    stage,
    from,
  }) => {
    test.setTimeout(40 * 60_000)
    const server = await stage.start(await stage.database(database))
    const account = await server.seed.makeAccount({ agents: 1 })
    const page = await from(OFFICE, { at: server })
    const adding = await recordAdding(page, account)
    await page.context().close()
    const ledger = newLedger()
    await signPhoneIn(server, account.lena, OFFICE, ledger)
    let serial = 0
    const add = () => addFrom(server, adding, addressNumber(++serial), ledger)
    const signIn = async () => (await signPhoneIn(server, account.lena, OFFICE, ledger)) === 200
    const refresh = () => refreshPhone(server, OFFICE, ledger)

    let kills = 0
    let cutOff = 0
    let ready = Promise.resolve()
    while (kills < KILLS) {
      let isWriting = true
      let unanswered = 0
      const write = async (deed: () => Promise<boolean>) => {
        while (isWriting) {
          if (await deed()) continue
          if (isWriting) await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS))
          else unanswered++
        }
      }
      // Each kind of write in its turn has to get through before the next ones are cut off.
      const kind = WRITES[kills % WRITES.length] ?? 'ranges'
      const before = acknowledged(ledger)[kind]
      const work = [...Array.from({ length: ADDING }, () => add), signIn, refresh].map(write)
      await ready
      await expect
        .poll(() => acknowledged(ledger)[kind], { intervals: [5], timeout: 60_000 })
        .toBeGreaterThan(before)
      await new Promise((resolve) => setTimeout(resolve, Math.random() * SOMEWHERE_WITHIN_MS))
      const ended = server.end('SIGKILL')
      isWriting = false
      expect(await ended).toBe('SIGKILL')
      await Promise.all(work)
      // One that cut nothing off came between two writes, and doesn't count.
      if (unanswered > 0) kills++
      cutOff += unanswered
      ready = server.startAgain()
    }

    await ready
    expect(await refresh(), 'the phone that refreshed goes on').toBe(true)
    await holdsTo(server, account, ledger)
    const { ranges, phones, refreshes } = acknowledged(ledger)
    for (const count of [ranges, phones, refreshes])
      expect(count).toBeGreaterThanOrEqual(Math.floor(KILLS / WRITES.length))
    console.log(
      `${database}: ${kills} kills cut off ${cutOff} writes; ${ranges} ranges, ${phones} phones and ${refreshes} refreshes were acknowledged`,
    )
  })
