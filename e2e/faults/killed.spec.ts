import { OFFICE } from '../fixtures/places'
import { addFrom, addressNumber, holdsTo, newLedger, recordAdding, signPhoneIn } from './ledger'
import { DATABASES, expect, test } from './test'

/** A hundred with both databases; `FAULT_KILLS=100` gives each of them as many. */
const KILLS = Number(process.env.FAULT_KILLS ?? 50)
const WRITERS = 3

for (const kind of DATABASES)
  test(`${kind}: killed ${KILLS} times during writes, nothing acknowledged is lost and nothing half done`, async ({
    stage,
    from,
  }) => {
    test.setTimeout(40 * 60_000)
    const server = await stage.start(await stage.database(kind))
    const account = await server.seed.makeAccount({ agents: 1 })
    const page = await from(OFFICE, { at: server })
    const adding = await recordAdding(page, account)
    await page.context().close()
    const ledger = newLedger()
    let serial = 0
    let unanswered = 0

    for (let kill = 0; kill < KILLS; kill++) {
      let isAlive = true
      const before = ledger.ranges.size
      const write = async () => {
        while (isAlive) if (!(await addFrom(server, adding, addressNumber(++serial), ledger))) unanswered++
      }
      const phone = async () => {
        while (isAlive) if ((await signPhoneIn(server, account.lena, OFFICE, ledger)) !== 200) unanswered++
      }
      const work = [...Array.from({ length: WRITERS }, write), phone()]
      await expect.poll(() => ledger.ranges.size, { intervals: [5], timeout: 60_000 }).toBeGreaterThan(before)
      // Somewhere in the middle of the next writes.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 150))
      const ended = server.end('SIGKILL')
      isAlive = false
      expect(await ended).toBe('SIGKILL')
      await Promise.all(work)
      await server.startAgain()
    }

    expect(ledger.ranges.size).toBeGreaterThanOrEqual(KILLS)
    expect(unanswered, 'writes that were cut off').toBeGreaterThan(KILLS / 2)
    await holdsTo(server, account, ledger)
    console.log(
      `${kind}: ${ledger.ranges.size} ranges and ${ledger.tokens.size} phones acknowledged, ${unanswered} cut off`,
    )
  })
