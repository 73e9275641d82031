import { expect, onTestFinished, test } from 'vitest'
import { closeDatabase, database, transact, useDatabase } from '@/lib/data/database'
import { commandIn, runHere } from '@/scripts/testing/command'
import { createTestDatabase } from '@/scripts/testing/databases'
import { temporaryFolder } from '@/scripts/testing/folders'

const SECRET = 'a secret for tests, 32 characters at least'

test('audit verify tells a log that is as written from one that somebody changed', async () => {
  const { url, remove } = await createTestDatabase('sqlite')
  await useDatabase(url)
  onTestFinished(() => closeDatabase().then(remove))
  const settings = { DATABASE_URL: url, AUTH_SECRET: SECRET, DATA_DIR: await temporaryFolder() }
  const gatehouse = commandIn(settings)
  const create = (name: string, email: string) => [
    ...['account', 'create', '--name', name, '--admin-name', 'Ana', '--admin-email', email],
  ]
  const none = 'There is no account yet, so there is no log.\n'
  expect(await gatehouse(['audit', 'verify'])).toMatchObject({ code: 0, out: none })
  await gatehouse(create('Northwind', 'ana@example.com'))
  await gatehouse(create('Southwind', 'eva@example.com'))
  await gatehouse(['allowlist', 'add', '203.0.113.0/24', '192.0.2.7', '--account', 'Northwind'])

  const right = await gatehouse(['audit', 'verify'])
  expect(right).toMatchObject({ code: 0, err: '' })
  expect(right.out).toContain('"Northwind": 4 rows, all as written.\n  Chained since ')
  expect(right.out).toContain('"Southwind": 2 rows, all as written.\n')
  const { json } = await gatehouse(['audit', 'verify', '--json'])
  expect(json).toMatchObject({ ok: true, accounts: [{ rows: 4, olderRows: 0, problems: [] }, { rows: 2 }] })
  const { end } = json.accounts[0]
  const noted = ['audit', 'verify', '--account', 'Northwind', '--noted', end]
  expect(await gatehouse(noted)).toMatchObject({ code: 0 })

  const { id: accountId } = json.accounts[0].account
  const third = await database().auditEvent.findFirstOrThrow({ where: { accountId, sequence: 3 } })
  await transact((tx) =>
    tx.auditEvent.update({ where: { id: third.id }, data: { actorName: 'Eve\u001b[2J' } }),
  )
  const changed = await gatehouse(['audit', 'verify'])
  expect(changed).toMatchObject({ code: 1, err: '' })
  expect(changed.out).toContain(
    `"Northwind": 1 problem in 4 rows.\n  Row 3 (${third.id}) is not as it was written.\n`,
  )
  expect(changed.out).toContain('"Southwind": 2 rows, all as written.\n')
  const inJson = await gatehouse(['audit', 'verify', '--account', 'Northwind', '--json'])
  expect(inJson.code).toBe(1)
  expect(JSON.parse(inJson.out)).toMatchObject({
    ok: false,
    accounts: [{ ok: false, problems: [{ kind: 'changed', sequence: 3, id: third.id }] }],
  })
  expect(await gatehouse(['audit', 'verify', '--account', 'Southwind'])).toMatchObject({ code: 0 })

  const elsewhere = commandIn({ ...settings, AUTH_SECRET: `${SECRET} of another installation` })
  const strange = await elsewhere(['audit', 'verify', '--account', 'Southwind'])
  expect(strange).toMatchObject({ code: 1 })
  expect(strange.out).toContain('Rows 1 to 2 are written with another AUTH_SECRET')

  await transact((tx) => tx.account.updateMany({ data: { name: 'Northwind' } }))
  const { out } = await gatehouse(['audit', 'verify'])
  expect(out).toContain(`"Northwind" (${accountId}): 1 problem in 4 rows.\n`)
  expect(out).toContain(`"Northwind" (${json.accounts[1].account.id}): 2 rows, all as written.\n`)
}, 120_000)

test('audit verify takes the end of a log only as it shows it', async () => {
  const { code, err } = await runHere(['audit', 'verify', '--noted', '12'])
  expect([code, err]).toEqual([2, '--noted: Give an end of the log as this command shows it.\n'])
})
