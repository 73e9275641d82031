import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closeDatabase, database, transact, useDatabase } from '@/lib/data/database'
import { verifyIdentity } from '@/lib/data/identities'
import { commandIn, type Ran } from '@/scripts/testing/command'
import { createTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { temporaryFolder } from '@/scripts/testing/folders'

const SECRET = 'a secret for tests, 32 characters at least'
const PASSWORD = 'correct horse battery'
const CREATE = [
  'account',
  'create',
  '--name',
  'Northwind',
  '--admin-name',
  'Ana',
  '--admin-email',
  'Ana@Example.com',
]

describe.each(TEST_DATABASES)('an operator on %s', (kind) => {
  let gatehouse: (words: readonly string[], stdin?: string) => Promise<Ran>
  let remove = async () => {}
  beforeAll(async () => {
    const created = await createTestDatabase(kind)
    const { url } = created
    remove = created.remove
    await useDatabase(url)
    gatehouse = commandIn({ DATABASE_URL: url, AUTH_SECRET: SECRET, DATA_DIR: await temporaryFolder() })
  })
  afterAll(async () => {
    await closeDatabase()
    await remove()
  })

  test('goes from nothing to an enforced list and back, beside a process that has the database open', async () => {
    const made = await gatehouse([...CREATE, '--password-stdin', '--json'], `${PASSWORD}\n`)
    expect(made).toMatchObject({ code: 0, err: '' })
    expect(made.json).not.toHaveProperty('temporaryPassword')
    expect(await verifyIdentity('ana@example.com', PASSWORD)).toMatchObject({ role: 'ADMIN', name: 'Ana' })

    const taken = await gatehouse([...CREATE, '--password-stdin'], PASSWORD)
    expect(taken).toMatchObject({ code: 1, out: '' })
    expect(taken.err).toMatch(/^ana@example.com belongs to another agent already\..+\n$/)

    const added = await gatehouse([
      'agent',
      'create',
      '--name',
      'Ben',
      '--email',
      'ben@example.com',
      '--json',
    ])
    expect(added.json.temporaryPassword).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/)
    expect(await verifyIdentity('ben@example.com', added.json.temporaryPassword)).toMatchObject({
      role: 'AGENT',
    })

    const reset = await gatehouse(
      ['agent', 'reset-password', 'BEN@example.com', '--password-stdin'],
      PASSWORD,
    )
    expect(reset.out).toContain('Ben has a new password and was signed out everywhere')
    expect(reset.out).not.toContain(PASSWORD)
    expect(await verifyIdentity('ben@example.com', added.json.temporaryPassword)).toBeNull()
    expect(await verifyIdentity('ben@example.com', PASSWORD)).not.toBeNull()

    const ranges = ['203.0.113.0/24', '192.0.2.1 - 192.0.2.9', '2001:db8::7']
    const listed = await gatehouse([
      'allowlist',
      'add',
      ...ranges,
      '--description',
      'Office',
      '--expires',
      '24h',
      '--json',
    ])
    expect(listed.json.added.map(({ range }: { range: string }) => range)).toEqual(ranges)
    expect((await gatehouse(['allowlist', 'on'])).out).toContain('On: sign-in only from 3 ranges.')
    expect((await gatehouse(['allowlist', 'on', '--json'])).json).toMatchObject({ changed: false })

    const removed = await gatehouse(['allowlist', 'remove', ranges[1] ?? '', listed.json.added[2].id])
    expect(removed.out).toContain('Removed 192.0.2.1 - 192.0.2.9.\nRemoved 2001:db8::7.\n')
    const shown = await gatehouse(['allowlist', 'show', '--json'])
    expect(shown.json.allowlist).toMatchObject({ enabled: true, ranges: { total: 1, active: 1 } })
    expect(shown.json.ranges).toMatchObject([
      { range: '203.0.113.0/24', origin: 'CLI', description: 'Office' },
    ])
    expect((await gatehouse(['allowlist', 'off'])).out).toContain('Off: everyone can sign in from anywhere.')

    const account = await database().account.findFirstOrThrow()
    expect(account).toMatchObject({ allowlistEnabled: false, name: 'Northwind' })
    const audit = await database().auditEvent.findMany({
      orderBy: { id: 'asc' },
      select: { action: true, via: true },
    })
    expect(audit.map(({ action }) => action)).toEqual([
      ...['account.created', 'agent.added', 'agent.added', 'agent.password_reset'],
      ...['range.added', 'range.added', 'range.added', 'allowlist.turned_on'],
      ...['range.deleted', 'range.deleted', 'allowlist.turned_off'],
    ])
    expect(new Set(audit.map(({ via }) => via))).toEqual(new Set(['cli']))
  })

  test('breaks the glass for a time, which ends by itself, whether a server runs or not', async () => {
    const resumed = () => database().auditEvent.count({ where: { action: 'allowlist.resumed' } })
    await gatehouse(['allowlist', 'on'])
    const broken = ['allowlist', 'off', '--for', '15m', '--reason', 'New office\u202e, list not updated']
    const off = await gatehouse([...broken, '--json'])
    expect(off.json).toMatchObject({
      changed: true,
      allowlist: { enabled: false, off: { byName: 'Operator', reason: 'New office , list not updated' } },
    })
    const leftMs = Date.parse(off.json.allowlist.off.until) - Date.now()
    expect(leftMs).toBeGreaterThan(13 * 60_000)
    expect(leftMs).toBeLessThanOrEqual(15 * 60_000)
    const shown = await gatehouse(['allowlist', 'show'])
    expect(shown.out).toContain('Off: everyone can sign in from anywhere.\nIt turns itself on again at 20')
    expect(shown.out).toContain(' UTC. Turned off by Operator: New office , list not updated\n')
    expect((await gatehouse(['allowlist', 'check', '192.0.2.5', '--json'])).json.enabled).toBe(false)

    const offUntil = new Date(Date.now() - 1_000)
    await transact((tx) => tx.account.updateMany({ data: { offUntil } }))
    expect((await gatehouse(['allowlist', 'show', '--json'])).json.allowlist).toMatchObject({
      ...{ enabled: true, off: null },
    })
    expect((await gatehouse(['allowlist', 'check', '192.0.2.5', '--json'])).json.enabled).toBe(true)
    expect(await resumed()).toBe(0)
    expect((await gatehouse(['allowlist', 'on'])).out).toContain('It was on already; nothing was changed.')
    expect(await resumed()).toBe(1)

    expect((await gatehouse(['allowlist', 'off'])).out).not.toContain('turn itself on again')
    expect((await gatehouse(broken)).out).toContain('It was off already, until somebody turns it on;')

    await gatehouse(['allowlist', 'on'])
    await gatehouse(broken)
    expect((await gatehouse(['allowlist', 'off'])).out).toMatch(
      /^It was to turn itself on again at .+\. Now it stays off until somebody turns it on\.$/m,
    )
  })

  test('is told whether an address would get in, and why', async () => {
    const off = await gatehouse(['allowlist', 'check', '203.0.113.9', '--json'])
    expect(off.json).toMatchObject({
      ...{ address: '203.0.113.9', enabled: false, idle: [] },
      now: { CONTROL_PANEL: { admit: true, because: 'allowlist-off' } },
      ifOn: {
        CONTROL_PANEL: { admit: true, because: 'listed' },
        MOBILE: { admit: true, because: 'mobile-not-enforced' },
      },
      range: { range: '203.0.113.0/24', description: 'Office' },
    })
    await transact((tx) => tx.account.updateMany({ data: { allowlistEnabled: true } }))
    expect((await gatehouse(['allowlist', 'check', '192.0.2.5'])).out).toBe(
      [
        '192.0.2.5:',
        'WHERE                              VERDICT  WHY',
        'Control Panel, Agent Console, API  refused  No range in force holds it.',
        'Mobile app                         gets in  The list is not asked for the mobile app.',
        '',
      ].join('\n'),
    )
  })

  test('has to name the account when there are several', async () => {
    const other = [
      'account',
      'create',
      '--name',
      'Southwind',
      '--admin-name',
      'Eva',
      '--admin-email',
      'eva@example.com',
    ]
    expect(await gatehouse([...other, '--password-stdin'], PASSWORD)).toMatchObject({ code: 0 })
    const unnamed = await gatehouse(['agent', 'list'])
    expect(unnamed).toMatchObject({ code: 2, out: '' })
    expect(unnamed.err).toMatch(/add --account with one of: "Northwind" \(.+\), "Southwind" \(.+\)\.\n$/)
    const named = await gatehouse(['agent', 'list', '--account', 'Southwind', '--json'])
    expect(named.json.agents).toMatchObject([{ email: 'eva@example.com', role: 'ADMIN', lastSignIn: null }])
    const byId = await gatehouse(['agent', 'list', '--account', named.json.account.id])
    expect(byId.out).toContain('eva@example.com')
    expect(byId.out).not.toContain('ana@example.com')
    expect(await gatehouse(['allowlist', 'on', '--account', 'Nowhere'])).toMatchObject({ code: 1, out: '' })
    const foreign = ['agent', 'reset-password', 'ana@example.com', '--account', 'Southwind']
    expect(await gatehouse(foreign)).toMatchObject({ code: 1, out: '' })
  })

  test('sees no control character out of the data', async () => {
    const name = '\u001b]0;pwned\u0007\u202eeve\u009b31m'
    await transact((tx) => tx.agent.updateMany({ where: { email: 'eva@example.com' }, data: { name } }))
    const list = ['agent', 'list', '--account', 'Southwind']
    const { out } = await gatehouse(list)
    expect(out).toContain('\ufffd]0;pwned\ufffd\ufffdeve\ufffd31m')
    const json = await gatehouse([...list, '--json'])
    expect(json.json.agents[0].name).toBe(name)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(json.out).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
  })
})
