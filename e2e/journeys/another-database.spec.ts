import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startPostgres } from '@/scripts/testing/postgres'
import { isIn, isRefused, signIn } from '../fixtures/people'
import { HOTEL, OFFICE } from '../fixtures/places'
import { BEHIND_PROXY, expect, test } from '../fixtures/test'
import { askForLink } from '../fixtures/way-back'

const AUTH_SECRET = 'a secret of forty characters for this test'

/** A folder that outlives the servers of a test, and what an operator sets for a SQLite database in it. */
async function place() {
  const folder = await mkdtemp(path.join(tmpdir(), 'gatehouse-e2e-'))
  const settings = { ...BEHIND_PROXY, AUTH_SECRET, DATABASE_URL: `file:${path.join(folder, 'gatehouse.db')}` }
  return { folder, settings, remove: () => rm(folder, { recursive: true, force: true }) }
}

test('a restored backup lets people in as they were when it was made', async ({ from, special }) => {
  const { folder, settings, remove } = await place()
  const file = path.join(folder, 'backup.db')
  const first = await special(settings)
  const { id, lena } = await first.seed.makeAccount({ agents: 1, ranges: [OFFICE], allowlistEnabled: true })
  expect(await first.cli('backup', file)).toContain('checked')
  await expect(first.cli('restore', file)).rejects.toThrow('Gatehouse is running on this database')
  await first.cli('allowlist', 'remove', OFFICE, '--account', id)
  await first.cli('allowlist', 'add', '192.0.2.1', '--account', id)
  const shutOut = await from(OFFICE, { at: first })
  await signIn(shutOut, lena)
  await isRefused(shutOut, OFFICE)
  await shutOut.context().close()
  await first.stop()

  expect(await first.cli('restore', file)).toMatch(/^Restored .+\nThe database that was there is kept: /)
  const second = await special(settings)
  const page = await from(OFFICE, { at: second })
  await signIn(page, lena)
  await isIn(page, 'Agent Console')
  const elsewhere = await from(HOTEL, { at: second })
  await signIn(elsewhere, lena)
  await isRefused(elsewhere, HOTEL)
  for (const browser of [page, elsewhere]) await browser.context().close()
  await second.stop()
  await remove()
})

test('moved to PostgreSQL, sessions and links go on under the same secret', async ({
  from,
  special,
  specialMail,
  expectTrouble,
}) => {
  // The screen of the refused goes on asking while one server is gone and the other not yet there.
  expectTrouble(/ERR_CONNECTION_REFUSED|Failed to fetch RSC payload/)
  const postgres = await startPostgres()
  const { settings, remove } = await place()
  const mail = await specialMail()
  const first = await special({ ...settings, SMTP_URL: mail.url })
  const { ana } = await first.seed.makeAccount({ ranges: [OFFICE], allowlistEnabled: true })
  const office = await from(OFFICE, { at: first })
  await signIn(office, ana)
  await isIn(office, 'Control Panel')
  const hotel = await from(HOTEL, { at: first })
  const link = await askForLink(hotel, ana, mail)
  await first.stop()

  expect(await first.cli('move', '--to', postgres.url)).toContain('Every row is the same in both databases.')
  const second = await special({ ...settings, DATABASE_URL: postgres.url, SMTP_URL: mail.url })
  const there = (address: string) => address.replace(first.url, second.url)
  await office.goto(`${second.url}/control-panel`)
  await isIn(office, 'Control Panel')
  await hotel.goto(there(link))
  await hotel.getByRole('button', { name: 'Authorize IP' }).click()
  await expect(hotel.getByText(`${HOTEL} is now on the allowlist.`)).toBeVisible()
  await second.stop()
  await postgres.stop()
  await remove()
})
