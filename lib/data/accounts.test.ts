import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { createAccount, createFirstAccount, findAccount, isSetupOpen, listAccounts } from './accounts'
import { database } from './database'
import { verifyIdentity } from './identities'

const FIRST = {
  accountName: 'Example',
  name: 'Ada',
  email: 'ada@example.com',
  password: 'correct horse battery',
}
const HERE = { address: null }

describe.each(TEST_DATABASES)('accounts on %s', (kind) => {
  let close: () => Promise<void>
  beforeEach(async () => {
    close = await openTestDatabase(kind)
  })
  afterEach(() => close())

  it('set-up makes the account with its first admin, once', async () => {
    expect(await isSetupOpen()).toBe(true)
    expect(await createFirstAccount(FIRST, HERE)).toBe('created')
    expect(await isSetupOpen()).toBe(false)
    expect(await verifyIdentity(FIRST.email, FIRST.password)).toMatchObject({ name: 'Ada', role: 'ADMIN' })
    expect(await createFirstAccount({ ...FIRST, email: 'eve@example.com' }, HERE)).toBe('closed')
    expect(await database().agent.count()).toBe(1)
    const events = await database().auditEvent.findMany({ orderBy: { id: 'asc' } })
    expect(events.map(({ action, actorName, via }) => [action, actorName, via])).toEqual([
      ['account.created', 'Ada', 'web'],
      ['agent.added', 'Ada', 'web'],
    ])
  })

  it('of ten people racing one makes the account', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) =>
        createFirstAccount({ ...FIRST, email: `p${at}@example.com` }, HERE),
      ),
    )
    expect(answers.filter((answer) => answer === 'created')).toHaveLength(1)
    expect(await database().account.count()).toBe(1)
    expect(await database().agent.count()).toBe(1)
  })

  it('an account made by the operator closes set-up, also in a race', async () => {
    const [first, second] = await Promise.all([
      createFirstAccount(FIRST, HERE),
      createAccount({ ...FIRST, email: 'ops@example.com' }),
    ])
    expect(second).toMatchObject({ accountId: expect.any(String) })
    expect(await database().account.count()).toBe(first === 'created' ? 2 : 1)
    expect(await isSetupOpen()).toBe(false)
    expect(await createFirstAccount({ ...FIRST, email: 'eve@example.com' }, HERE)).toBe('closed')
  })

  it('is not made with a password that is common or made of its names', async () => {
    for (const [password, problem] of [
      ['password2026', 'password-common'],
      ['Example-2026!', 'password-personal'],
      ['too short', 'password-length'],
    ] as const) {
      expect(await createFirstAccount({ ...FIRST, password }, HERE)).toBe(problem)
      expect(await createAccount({ ...FIRST, password })).toBe(problem)
    }
    expect(await isSetupOpen()).toBe(true)
    expect(await listAccounts()).toEqual([])
  })

  it('an e-mail belongs to one agent of one account', async () => {
    await createAccount(FIRST)
    expect(await createAccount({ ...FIRST, accountName: 'Other' })).toBe('email-taken')
    expect(await listAccounts()).toHaveLength(1)
  })

  it('the operator finds an account by id or by a name that only one has', async () => {
    const one = await createAccount(FIRST)
    const two = await createAccount(
      { ...FIRST, accountName: 'Other', email: 'o@example.com' },
      { isDemo: true },
    )
    if (typeof one === 'string' || typeof two === 'string') throw new Error('An account was not made.')
    expect((await listAccounts()).map(({ name, isDemo }) => [name, isDemo])).toEqual([
      ['Example', false],
      ['Other', true],
    ])
    expect((await findAccount(two.accountId))?.name).toBe('Other')
    expect((await findAccount('Example'))?.id).toBe(one.accountId)
    expect(await findAccount('Nobody')).toBeNull()
    await createAccount({ ...FIRST, email: 'third@example.com' })
    expect(await findAccount('Example')).toBeNull()
  })
})
