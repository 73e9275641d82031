import { send } from '../fixtures/http'
import { HOTEL, OFFICE } from '../fixtures/places'
import { addFrom, addressNumber, holdsTo, newLedger, recordAdding, signPhoneIn } from './ledger'
import { DATABASES, expect, test } from './test'

const OUTAGES = 3
/** Listed, and with a wrong password: its failures hold nobody up elsewhere. */
const GUESSER = '192.0.2.30'
const AUTH_SECRET = 'a secret of forty characters for this test'

for (const kind of DATABASES)
  test(`${kind}: away and back under load, nobody is wrongly admitted, and it recovers without a restart`, async ({
    stage,
    from,
  }) => {
    test.setTimeout(5 * 60_000)
    const postgres = kind === 'postgresql' ? await stage.postgres() : null
    const server = await stage.start(postgres ? { DATABASE_URL: postgres.url, AUTH_SECRET } : {})
    // PostgreSQL is stopped. SQLite is a file: what takes it away is a program that keeps it locked.
    const takeAway = () => (postgres ? postgres.shutDown() : server.seed.holdDatabase())
    const giveBack = () => (postgres ? postgres.startAgain() : server.seed.releaseDatabase())

    const account = await server.seed.makeAccount({ agents: 1, ranges: [GUESSER] })
    const page = await from(OFFICE, { at: server })
    const adding = await recordAdding(page, account)
    await server.seed.setSwitches(account.id, { allowlistEnabled: true, mobileEnforced: true })
    const { lena } = account
    const ledger = newLedger()
    const answers = { admitted: 0, refused: 0, failed: 0 }
    const wronglyAdmitted: string[] = []
    let isOver = false
    let serial = 0

    const listed = async () => {
      while (!isOver) {
        const isAdmitted = (await signPhoneIn(server, lena, OFFICE, ledger)) === 200
        answers[isAdmitted ? 'admitted' : 'failed']++
      }
    }
    const stranger = async (who: { email: string; password: string }, ip: string) => {
      while (!isOver) {
        const status = await signPhoneIn(server, who, ip, newLedger())
        if (status === 200) wronglyAdmitted.push(`${who.password} from ${ip}`)
        answers[status >= 400 && status < 500 ? 'refused' : 'failed']++
      }
    }
    const writer = async () => {
      while (!isOver) await addFrom(server, adding, addressNumber(++serial), ledger)
    }
    const load = [
      listed(),
      stranger(lena, HOTEL),
      stranger({ ...lena, password: 'wrong' }, GUESSER),
      writer(),
    ]
    const more = async (what: keyof typeof answers, times = 3) => {
      const before = answers[what]
      await expect.poll(() => answers[what], { timeout: 60_000 }).toBeGreaterThanOrEqual(before + times)
    }

    for (let outage = 0; outage < OUTAGES; outage++) {
      await more('admitted')
      await takeAway()
      if (postgres) {
        await more('failed', 20)
        expect((await send(`${server.url}/readyz`)).status).toBe(503)
      } else await new Promise((resolve) => setTimeout(resolve, 3_000))
      await giveBack()
      await more('admitted')
      await more('refused')
      await expect.poll(async () => (await send(`${server.url}/readyz`)).status).toBe(200)
    }
    isOver = true
    await Promise.all(load)
    expect(wronglyAdmitted).toEqual([])
    // The list was switched on behind the ledger's back, once.
    await holdsTo(server, account, ledger, 1)
  })
