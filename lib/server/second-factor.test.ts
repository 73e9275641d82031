import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { address, someAdmin } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { codeAt, withTotp } from '@/scripts/testing/factors'
import { halfwayIn, identityOf, PASSWORD, PLAIN_WAY } from '@/scripts/testing/sign-ins'
import { formatAddress, parseAddress } from '../core/address'
import { networkKeys } from '../core/rate-limit'
import { database, transact } from '../data/database'
import { findHalfSignIn } from '../data/half-sign-ins'
import { rememberDevice } from '../data/known-devices'
import { countFailures } from '../data/rate-limits'
import { type FactorAttempt, proveCode } from './second-factor'
import { proveIdentity } from './sign-in'

let serial = 0
function newNetwork() {
  return address(`2001:db8:${(++serial).toString(16)}:77::1`)
}

describe.each(TEST_DATABASES)('proving a second factor on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  async function owner() {
    const actor = await someAdmin()
    const { secret, codes } = await withTotp(actor)
    const agent = await identityOf(actor)
    const attempt = (rest: Partial<FactorAttempt> = {}): FactorAttempt => ({
      ...{ agent, address: newNetwork(), surface: 'CONTROL_PANEL', device: 'Firefox', deviceToken: null },
      ...{ ...PLAIN_WAY, ...rest },
    })
    const half = async () => {
      const token = await halfwayIn(actor)
      return { token, halfSignInId: (await findHalfSignIn(token))?.id ?? '' }
    }
    return { actor, agent, attempt, half, codes, right: () => codeAt(secret, new Date()) }
  }

  it('takes the code of the app, and a recovery code, each once', async () => {
    const { attempt, right, codes } = await owner()
    const code = right()
    expect(await proveCode(attempt(), ` ${code.slice(0, 3)} ${code.slice(3)}`)).toEqual({ outcome: 'proven' })
    expect(await proveCode(attempt(), code)).toEqual({ outcome: 'wrong' })
    expect(await proveCode(attempt(), codes[0]?.toUpperCase() ?? '')).toEqual({ outcome: 'proven' })
    expect(await proveCode(attempt(), codes[0] ?? '')).toEqual({ outcome: 'wrong' })
  })

  it('answers every wrong one alike, and records it', async () => {
    const { agent, attempt } = await owner()
    for (const text of ['', '000000', '12345', 'abcd-efgh-jkmn', 'x'.repeat(1000)]) {
      const from = newNetwork()
      expect(await proveCode(attempt({ address: from }), text)).toEqual({ outcome: 'wrong' })
      expect(await database().signInEvent.findMany({ where: { address: from } })).toMatchObject([
        { outcome: 'failed', because: 'wrong-second-factor', agentId: agent.id },
      ])
    }
  })

  it('of twenty codes at once for one half sign-in five are looked at, and then not even the right one', async () => {
    const { attempt, half, right } = await owner()
    const { token, halfSignInId } = await half()
    const wrong = () => attempt({ halfSignInId })
    const all = await Promise.all(Array.from({ length: 20 }, () => proveCode(wrong(), '000000')))
    expect(all.every(({ outcome }) => outcome === 'wrong')).toBe(true)
    const { id: agentId, accountId } = attempt().agent
    const looked = await database().signInEvent.findMany({ where: { agentId }, orderBy: { at: 'asc' } })
    expect(looked.map(({ because }) => because)).toEqual([
      ...Array.from({ length: 4 }, () => 'wrong-second-factor'),
      'second-factor-tries-spent',
    ])
    const told = { accountId, kind: 'second-factor-failed' }
    expect(await database().outboxMail.count({ where: told })).toBe(1)
    expect(await findHalfSignIn(token)).toBeNull()
    expect(await proveCode(attempt({ halfSignInId }), right())).toEqual({ outcome: 'wrong' })
    const next = await half()
    expect(await proveCode(attempt({ halfSignInId: next.halfSignInId }), right())).toEqual({
      outcome: 'proven',
    })
  })

  it('counts wrong codes in the limits of wrong passwords: after five from one network one waits', async () => {
    const { agent, attempt, right } = await owner()
    const from = newNetwork()
    for (let at = 0; at < 3; at++) await proveCode(attempt({ address: from }), '000000')
    for (let at = 0; at < 2; at++)
      await proveIdentity({ ...attempt({ address: from }), email: agent.email, password: 'wrong' })
    for (let at = 0; at < 3; at++)
      expect(await proveCode(attempt({ address: from }), right())).toEqual({
        ...{ outcome: 'throttled', minutes: 1 },
      })
    const password = { ...attempt({ address: from }), email: agent.email, password: PASSWORD }
    expect(await proveIdentity(password)).toEqual({ outcome: 'throttled', minutes: 1 })
    const waited = await database().signInEvent.findMany({
      where: { address: from, because: { startsWith: 'too-many' } },
      orderBy: { id: 'asc' },
    })
    // Who reads the log has to know whether somebody has the password, once for each wait.
    expect(waited.map(({ because }) => because)).toEqual(['too-many-second-factors', 'too-many-attempts'])
    expect(await proveCode(attempt(), right())).toEqual({ outcome: 'proven' })
  })

  it('waits where a network has failed with whomever, and in a /48, and a known device does not', async () => {
    const { actor, attempt, right } = await owner()
    const { accountId, agentId, address: own } = actor
    const seen = { token: `known of ${agentId}`, accountId, agentId, address: own } as const
    await transact((tx) => rememberDevice(tx, { ...seen, surface: 'CONTROL_PANEL', device: 'Firefox' }))
    const from = newNetwork()
    for (let at = 0; at < 200; at++) await countFailures(networkKeys(from), Date.now())
    const sister = parseAddress(formatAddress(from).replace(':77:', ':78:'))
    expect(sister && networkKeys(sister).at(-1)).toEqual(networkKeys(from).at(-1))
    const other = await owner()
    for (const address of [from, sister]) {
      expect(await proveCode(attempt({ address }), right())).toMatchObject({ outcome: 'throttled' })
      await proveCode(other.attempt({ address }), other.right())
      const here = { address, deviceToken: seen.token }
      expect(await proveCode(attempt(here), '000000')).toEqual({ outcome: 'wrong' })
    }
    expect(await proveCode(attempt({ address: from, deviceToken: seen.token }), right())).toEqual({
      outcome: 'proven',
    })
    for (const { agent } of [attempt(), other.attempt()])
      expect(
        await database().signInEvent.count({
          where: { agentId: agent.id, because: 'too-many-second-factors' },
        }),
      ).toBe(1)
  })

  it('five wrong codes on a known device wait there, and are told by mail', async () => {
    const { actor, attempt, right } = await owner()
    const { accountId, agentId, address: own } = actor
    const seen = { token: `own ${agentId}`, accountId, agentId, address: own } as const
    await transact((tx) => rememberDevice(tx, { ...seen, surface: 'CONTROL_PANEL', device: 'Firefox' }))
    const here = (): FactorAttempt => attempt({ deviceToken: seen.token })
    const told = () => database().outboxMail.count({ where: { accountId, kind: 'second-factor-failed' } })
    for (let at = 0; at < 4; at++) await proveCode(here(), '000000')
    expect(await told()).toBe(0)
    await proveCode(here(), '000000')
    expect(await told()).toBe(1)
    expect(await proveCode(here(), right())).toEqual({ outcome: 'throttled', minutes: 1 })
    expect(await proveCode(attempt(), right())).toEqual({ outcome: 'proven' })
  })

  it('and from however many networks: after twenty every stranger waits, and a known device does not', async () => {
    const { actor, attempt, right } = await owner()
    const { accountId, agentId, address } = actor
    const seen = { token: `known ${agentId}`, accountId, agentId, address } as const
    await transact((tx) => rememberDevice(tx, { ...seen, surface: 'CONTROL_PANEL', device: 'Firefox' }))
    for (let at = 0; at < 20; at++) expect(await proveCode(attempt(), '000000')).toEqual({ outcome: 'wrong' })
    expect(await proveCode(attempt(), right())).toEqual({ outcome: 'throttled', minutes: 1 })
    expect(await proveCode(attempt({ deviceToken: seen.token }), right())).toEqual({ outcome: 'proven' })
  })
})
