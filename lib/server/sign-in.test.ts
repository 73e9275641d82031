import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { address, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { identityOf, PASSWORD, PLAIN_WAY } from '@/scripts/testing/sign-ins'
import { networkKeys } from '../core/rate-limit'
import { setAgentEnabled } from '../data/agents'
import { database, transact } from '../data/database'
import { rememberDevice } from '../data/known-devices'
import { countFailures } from '../data/rate-limits'
import { newToken } from '../data/secrets'
import { countResetRequest } from './reset'
import { type Attempt, proveIdentity } from './sign-in'

let serial = 0
/** A network that nobody has tried from yet. */
function newNetwork() {
  return address(`2001:db8:${(++serial).toString(16)}::1`)
}

function attempt(rest: Partial<Attempt>): Attempt {
  return {
    ...{ email: 'nobody@example.com', password: 'wrong', address: newNetwork() },
    ...{ surface: 'CONTROL_PANEL', device: 'Firefox', deviceToken: null, ...PLAIN_WAY },
    ...rest,
  }
}

/** The token of a browser in which this person has signed in. */
async function signedInBefore({
  accountId,
  agentId,
}: Awaited<ReturnType<typeof someAdmin>>): Promise<string> {
  const token = newToken()
  const seen = {
    token,
    accountId,
    agentId,
    surface: 'CONTROL_PANEL',
    device: 'Firefox',
    address: null,
  } as const
  await transact((tx) => rememberDevice(tx, seen))
  return token
}

async function parallel(count: number, make: (at: number) => Attempt): Promise<Record<string, number>> {
  const proofs = await Promise.all(Array.from({ length: count }, (_, at) => proveIdentity(make(at))))
  const counts: Record<string, number> = {}
  for (const { outcome } of proofs) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

describe.each(TEST_DATABASES)('proving an identity on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())
  afterEach(() => void vi.useRealTimers())

  it('takes the right password, whatever case and blanks the e-mail was typed in', async () => {
    const { email } = await identityOf(await someAdmin())
    const proof = await proveIdentity(attempt({ email: ` ${email.toUpperCase()} `, password: PASSWORD }))
    expect(proof).toMatchObject({ outcome: 'proven', agent: { email } })
  })

  it('answers wrong, unknown and disabled alike, and records each, an unknown e-mail without a letter of it', async () => {
    const admin = await someAdmin()
    const disabled = await someColleague(admin, {})
    await setAgentEnabled(admin, disabled.agentId, false)
    const { email } = await identityOf(admin)
    const tries = [
      attempt({ email }),
      attempt({ email: `unknown${serial}@example.com`, password: PASSWORD }),
      attempt({ email: disabled.email, password: PASSWORD }),
      attempt({ email, password: 'x'.repeat(100_000) }),
    ]
    for (const one of tries) {
      expect(await proveIdentity(one)).toEqual({ outcome: 'wrong' })
      // People type passwords in place of their e-mail.
      const isSomebody = !one.email.startsWith('unknown')
      const events = await database().signInEvent.findMany({ where: { address: one.address } })
      expect(events).toMatchObject([
        { outcome: 'failed', because: 'wrong-credentials', emailTried: isSomebody ? one.email : '•••' },
      ])
    }
  })

  it('stores of an e-mail that was tried nothing that could be found again by trying', async () => {
    const email = `a password typed here ${++serial}`
    await proveIdentity(attempt({ email }))
    await countResetRequest(email, { address: newNetwork(), ...PLAIN_WAY, device: 'Firefox' })
    const rows = await database().rateLimit.findMany({ orderBy: { touchedAt: 'desc' }, take: 20 })
    const keys = rows.map(({ key }) => key).join(' ')
    expect(keys).toMatch(/\bperson:/)
    expect(keys).toMatch(/\breset:/)
    for (const encoding of ['hex', 'base64', 'base64url'] as const)
      expect(keys).not.toContain(createHash('sha256').update(email).digest(encoding))
    expect(keys).not.toContain(email)
  })

  it('of sixty wrong passwords at once five are looked at', async () => {
    const { email } = await identityOf(await someAdmin())
    const from = newNetwork()
    expect(await parallel(60, () => attempt({ email, address: from }))).toEqual({ wrong: 5, throttled: 55 })
  })

  it('of what is not looked at the log has the first of each wait', async () => {
    const { email } = await identityOf(await someAdmin())
    const from = newNetwork()
    const flood = () => parallel(30, () => attempt({ email, address: from }))
    const logged = async () => {
      const events = await database().signInEvent.findMany({ where: { address: from } })
      const waited = events.filter(({ because }) => because === 'too-many-attempts')
      return { wrong: events.length - waited.length, waited: waited.length }
    }
    await flood()
    await flood()
    expect(await logged()).toEqual({ wrong: 5, waited: 1 })
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 60_000 })
    await flood()
    expect(await logged()).toEqual({ wrong: 6, waited: 2 })
  })

  it('of a network that waits it has nearly everybody, and 64 rows of any number of made-up e-mails', async () => {
    const from = newNetwork()
    for (let at = 0; at < 50; at++) await countFailures(networkKeys(from), Date.now())
    const ada = await someAdmin()
    const team = await Promise.all(Array.from({ length: 8 }, () => someColleague(ada, {})))
    const everybody = async () => {
      for (const { email } of team)
        expect(await proveIdentity(attempt({ email, address: from }))).toMatchObject({ outcome: 'throttled' })
    }
    await everybody()
    await parallel(200, (at) => attempt({ email: `u${at}-${serial}@example.com`, address: from }))
    await everybody()
    const events = await database().signInEvent.findMany({ where: { address: from } })
    const named = events.flatMap(({ agentId }) => agentId ?? [])
    expect(new Set(events.map(({ because }) => because))).toEqual(new Set(['too-many-attempts']))
    // Whose place a colleague has taken is not named, and nobody twice.
    expect(named.length).toBeGreaterThan(3)
    expect(new Set(named).size).toBe(named.length)
    expect(events.length).toBeGreaterThan(32)
    expect(events.length).toBeLessThanOrEqual(64)
  })

  it('then even the right password waits, from there and nowhere else', async () => {
    const { email } = await identityOf(await someAdmin())
    const from = newNetwork()
    for (let at = 0; at < 5; at++) await proveIdentity(attempt({ email, address: from }))
    const right = { email, password: PASSWORD }
    expect(await proveIdentity(attempt({ ...right, address: from }))).toEqual({
      outcome: 'throttled',
      minutes: 1,
    })
    expect(await proveIdentity(attempt(right))).toMatchObject({ outcome: 'proven' })
  })

  it('counts addresses of one /64 together', async () => {
    const { email } = await identityOf(await someAdmin())
    const net = (++serial).toString(16)
    const counts = await parallel(20, (at) =>
      attempt({ email, address: address(`2001:db8:${net}::${at + 1}`) }),
    )
    expect(counts).toEqual({ wrong: 5, throttled: 15 })
  })

  it('limits a network that tries one e-mail after the other, soon after fifty', async () => {
    const from = newNetwork()
    const tries = await parallel(90, (at) =>
      attempt({ email: `p${serial}-${at}@example.com`, address: from }),
    )
    expect(tries.wrong).toBeGreaterThanOrEqual(50)
    // Three are looked at at once, so up to two more have begun when the fiftieth is counted.
    expect(tries.wrong).toBeLessThanOrEqual(52)
  })

  it('limits an IPv6 /56 whose /64s are tried one after the other, soon after a hundred', async () => {
    const net = (++serial).toString(16)
    const tries = await parallel(160, (at) =>
      attempt({ email: `q${serial}-${at}@example.com`, address: address(`2001:db8:${net}:${at % 4}::1`) }),
    )
    expect(tries.wrong).toBeGreaterThanOrEqual(100)
    expect(tries.wrong).toBeLessThanOrEqual(102)
    const { email } = await identityOf(await someAdmin())
    const owner = (text: string) => attempt({ email, password: PASSWORD, address: address(text) })
    expect(await proveIdentity(owner(`2001:db8:${net}:ff::1`))).toMatchObject({ outcome: 'throttled' })
    expect(await proveIdentity(owner(`2001:db8:${net}:100::1`))).toMatchObject({ outcome: 'proven' })
  })

  it('says that it is busy, and looks at no password, when more come at once than can be hashed', async () => {
    const tries = await parallel(250, (at) => attempt({ email: `busy${serial}-${at}@example.com` }))
    expect(tries).toEqual({ wrong: 192, busy: 58 })
    const { email } = await identityOf(await someAdmin())
    expect(await proveIdentity(attempt({ email, password: PASSWORD }))).toMatchObject({ outcome: 'proven' })
  })

  it('a thousand failures of strangers keep nobody out who is on a device of theirs', async () => {
    const admin = await someAdmin()
    const { email } = await identityOf(admin)
    const [from, deviceToken] = [newNetwork(), await signedInBefore(admin)]
    for (let at = 0; at < 5; at++) await proveIdentity(attempt({ email, address: from }))
    await parallel(60, (at) => attempt({ email: `s${serial}-${at}@example.com`, address: from }))
    const right = attempt({ email, password: PASSWORD, address: from })
    expect(await proveIdentity(right)).toMatchObject({ outcome: 'throttled' })
    expect(await proveIdentity({ ...right, deviceToken })).toMatchObject({ outcome: 'proven' })
    expect(await proveIdentity({ ...right, deviceToken: newToken() })).toMatchObject({ outcome: 'throttled' })
  })

  it('on a device of theirs five wrong passwords are looked at, wherever it is', async () => {
    const admin = await someAdmin()
    const { email } = await identityOf(admin)
    const deviceToken = await signedInBefore(admin)
    expect(await parallel(20, () => attempt({ email, deviceToken }))).toEqual({ wrong: 5, throttled: 15 })
    const right = attempt({ email, password: PASSWORD })
    expect(await proveIdentity({ ...right, deviceToken })).toMatchObject({ outcome: 'throttled' })
    expect(await proveIdentity(right)).toMatchObject({ outcome: 'proven' })
  })

  it('somebody else’s device is a stranger’s', async () => {
    const [ada, ben] = [await someAdmin(), await someAdmin()]
    const [from, deviceToken] = [newNetwork(), await signedInBefore(ben)]
    const { email } = await identityOf(ada)
    for (let at = 0; at < 5; at++) await proveIdentity(attempt({ email, address: from, deviceToken }))
    const right = attempt({ email, password: PASSWORD, address: from, deviceToken })
    expect(await proveIdentity(right)).toMatchObject({ outcome: 'throttled' })
  })

  it('right passwords count for nothing', async () => {
    const { email } = await identityOf(await someAdmin())
    const from = newNetwork()
    const right = () => attempt({ email, password: PASSWORD, address: from })
    expect(await parallel(20, right)).toEqual({ proven: 20 })
  })
})
