import path from 'node:path'
import { send } from '../fixtures/http'
import { OFFICE } from '../fixtures/places'
import { addFrom, addressNumber, holdsTo, newLedger, recordAdding, signPhoneIn } from './ledger'
import { makeSmallDisk } from './small-disk'
import { DATABASES, expect, test } from './test'

const AUTH_SECRET = 'a secret of forty characters for this test'

for (const kind of DATABASES)
  test(`${kind}: with the disk full nothing is acknowledged that is not kept, and with room again it works again`, async ({
    stage,
    from,
  }) => {
    test.setTimeout(4 * 60_000)
    const disk = await makeSmallDisk()
    stage.finally(() => disk.remove())
    const postgres = kind === 'postgresql' ? await stage.postgres(disk.folder) : null
    const server = await stage.start(
      postgres ? { DATABASE_URL: postgres.url, AUTH_SECRET } : { DATA_DIR: path.join(disk.folder, 'var') },
    )
    const account = await server.seed.makeAccount({ agents: 1 })
    const page = await from(OFFICE, { at: server })
    const adding = await recordAdding(page, account)
    const ledger = newLedger()
    let serial = 0
    const add = () => addFrom(server, adding, addressNumber(++serial), ledger)
    const signIn = () => signPhoneIn(server, account.lena, OFFICE, ledger)
    for (let at = 0; at < 10; at++) expect(await add()).toBe(true)
    expect(await signIn()).toBe(200)

    await disk.fill()
    // What was laid aside is used up first; then nothing is said yes to any more.
    let failures = 0
    for (let at = 0; at < 2_000 && failures < 10; at++) failures = (await add()) ? 0 : failures + 1
    expect(failures).toBe(10)
    expect(await signIn()).not.toBe(200)
    expect((await send(`${server.url}/healthz`)).status).toBe(200)

    disk.free()
    // PostgreSQL may have given up for want of room; whoever makes room starts it again. Gatehouse runs on.
    if (postgres && !postgres.isRunning()) await postgres.startAgain()
    await expect.poll(add, { timeout: 30_000 }).toBe(true)
    await expect.poll(signIn, { timeout: 30_000 }).toBe(200)
    await holdsTo(server, account, ledger)
  })
