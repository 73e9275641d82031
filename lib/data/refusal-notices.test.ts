import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { address, someAdmin } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { identityOf, latestMail } from '@/scripts/testing/sign-ins'
import type { Address } from '../core/address'
import { database } from './database'
import type { Identity } from './identities'
import { tellOfRefusal, tellOfWrongFactors } from './refusal-notices'

const START = new Date('2026-11-24T12:00:00Z')
const minutesLater = (minutes: number) => new Date(START.getTime() + minutes * 60_000)

describe.each(TEST_DATABASES)('telling somebody that their password was refused, on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  const tell = (agent: Identity, at: Address | null, now = START) =>
    tellOfRefusal(agent, { address: at, surface: 'CONTROL_PANEL', device: 'Firefox on Windows' }, now)
  const tellFactors = (agent: Identity, at: Address | null, now = START) =>
    tellOfWrongFactors(agent, { address: at, surface: 'CONTROL_PANEL', device: 'Firefox on Windows' }, now)
  const mails = ({ accountId }: Identity, kind = 'sign-in-refused') =>
    database().outboxMail.count({ where: { accountId, kind } })

  it('goes to their own address, with address, time and browser', async () => {
    const agent = await identityOf(await someAdmin())
    await tell(agent, address('203.0.113.9'))
    const { to, subject, text } = await latestMail()
    expect({ to, subject }).toEqual({ to: agent.email, subject: 'Your password was used at 203.0.113.9' })
    for (const part of ['203.0.113.9', '2026-11-24 12:00 UTC', 'Firefox on Windows', 'Control Panel'])
      expect(text).toContain(part)
  })

  it('says so when the address is unknown', async () => {
    const agent = await identityOf(await someAdmin())
    await tell(agent, null)
    expect((await latestMail()).text).toContain('IP address: unknown')
  })

  it('goes once an hour for each network, of twenty at once one', async () => {
    const agent = await identityOf(await someAdmin())
    await Promise.all(Array.from({ length: 20 }, (_, at) => tell(agent, address(`2001:db8::${at + 1}`))))
    expect(await mails(agent)).toBe(1)
    await tell(agent, address('2001:db8::99'), minutesLater(59))
    expect(await mails(agent)).toBe(1)
    await tell(agent, address('2001:db8::99'), minutesLater(60))
    expect(await mails(agent)).toBe(2)
    await tell(agent, address('2001:db8:0:1::1'), minutesLater(60))
    expect(await mails(agent)).toBe(3)
  })

  it('one person’s mail does not stand in for another’s', async () => {
    const [ann, bob] = [await identityOf(await someAdmin()), await identityOf(await someAdmin())]
    await tell(ann, address('203.0.113.9'))
    await tell(bob, address('203.0.113.9'))
    expect([await mails(ann), await mails(bob)]).toEqual([1, 1])
  })

  it('of a phone says what it is, and not the name that it gives itself', async () => {
    const agent = await identityOf(await someAdmin())
    const where = { address: null, surface: 'MOBILE', device: 'Call 0800 1234 now' } as const
    await tellOfRefusal(agent, where, START)
    await tellOfWrongFactors(agent, where, START)
    const { subject, text } = await latestMail()
    expect(subject).toBe('Your password was used at an unknown address, without your second factor')
    expect(text).toContain('Browser: The mobile app')
    expect(text).not.toContain('0800')
  })

  it('tells of wrong second factors apart from refusals, once an hour for each network', async () => {
    const agent = await identityOf(await someAdmin())
    await tell(agent, address('203.0.113.9'))
    await Promise.all(Array.from({ length: 20 }, () => tellFactors(agent, address('203.0.113.9'))))
    expect(await mails(agent, 'second-factor-failed')).toBe(1)
    await tellFactors(agent, address('203.0.113.9'), minutesLater(59))
    expect(await mails(agent, 'second-factor-failed')).toBe(1)
    await tellFactors(agent, address('203.0.113.9'), minutesLater(60))
    await tellFactors(agent, address('203.0.113.10'), minutesLater(60))
    expect(await mails(agent, 'second-factor-failed')).toBe(3)
    expect(await mails(agent)).toBe(1)
    const { to, text } = await latestMail()
    expect(to).toBe(agent.email)
    for (const part of ['203.0.113.10', 'wrong second factor too often', 'Firefox on Windows'])
      expect(text).toContain(part)
  })
})
