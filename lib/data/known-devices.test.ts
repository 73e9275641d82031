import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { address, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { latestMail } from '@/scripts/testing/sign-ins'
import { KNOWN_DEVICE_LIFETIME_MS } from '../core/known-device'
import type { Actor } from '../core/permissions'
import { database, transact } from './database'
import { forgetDevices, isKnownDevice, rememberDevice } from './known-devices'
import { dropOver } from './over'
import { newToken } from './secrets'

const START = new Date('2026-11-24T12:00:00Z')
const later = (ms: number) => new Date(START.getTime() + ms)
type Person = Actor & { agentId: string }

/** Somebody who has signed in before, so that a new device is news. */
async function somebody(): Promise<Person> {
  const admin = await someAdmin()
  await transact((tx) => tx.agent.update({ where: { id: admin.agentId }, data: { lastSignInAt: START } }))
  return admin
}

function signIn({ accountId, agentId }: Person, token: string, now = START): Promise<void> {
  const seen = { token, accountId, agentId, surface: 'CONTROL_PANEL', device: 'Firefox on Windows' } as const
  return transact((tx) => rememberDevice(tx, { ...seen, address: address('203.0.113.9') }, now))
}

const mails = ({ accountId }: Actor) =>
  database().outboxMail.count({ where: { accountId, kind: 'new-device' } })

describe.each(TEST_DATABASES)('known devices on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  it('are known to the agent who signed in there, by their token, and to nobody else', async () => {
    const [ada, token] = [await somebody(), newToken()]
    const ben = await someColleague(ada, {})
    expect(await isKnownDevice(token, { id: ada.agentId }, START)).toBe(false)
    await signIn(ada, token)
    expect(await isKnownDevice(token, { id: ada.agentId }, START)).toBe(true)
    expect(await isKnownDevice(token, { id: ben.agentId }, START)).toBe(false)
    for (const other of [newToken(), '', null, undefined])
      expect(await isKnownDevice(other, { id: ada.agentId }, START)).toBe(false)
    const rows = await database().knownDevice.findMany({ where: { agentId: ada.agentId } })
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  it('are mailed to the person when they are new, and only then', async () => {
    const [ada, token] = [await somebody(), newToken()]
    await signIn(ada, token)
    const { to, subject, text } = await latestMail()
    const { email } = await database().agent.findUniqueOrThrow({ where: { id: ada.agentId } })
    expect({ to, subject }).toEqual({ to: email, subject: 'New sign-in: Firefox on Windows' })
    for (const part of ['203.0.113.9', '2026-11-24 12:00 UTC', 'Control Panel', '/agent-console'])
      expect(text).toContain(part)
    await signIn(ada, token, later(1))
    expect(await mails(ada)).toBe(1)
    await signIn(ada, newToken(), later(2))
    expect(await mails(ada)).toBe(2)
  })

  it('of twenty sign-ins at once in a new browser one is mailed', async () => {
    const [ada, token] = [await somebody(), newToken()]
    await Promise.all(Array.from({ length: 20 }, (_, at) => signIn(ada, token, later(at))))
    expect(await mails(ada)).toBe(1)
  })

  it('the very first one of a person is no news', async () => {
    const ada = await someAdmin()
    await signIn(ada, newToken())
    expect(await mails(ada)).toBe(0)
  })

  it('are strangers again after 400 days without a sign-in, swept or not', async () => {
    const [ada, token] = [await somebody(), newToken()]
    await signIn(ada, token)
    await signIn(ada, token, later(1000))
    const end = 1000 + KNOWN_DEVICE_LIFETIME_MS
    expect(await isKnownDevice(token, { id: ada.agentId }, later(end - 1))).toBe(true)
    expect(await isKnownDevice(token, { id: ada.agentId }, later(end))).toBe(false)
    await signIn(ada, token, later(end))
    expect(await mails(ada)).toBe(2)
    expect(await isKnownDevice(token, { id: ada.agentId }, later(end))).toBe(true)
    const rows = () => database().knownDevice.count({ where: { agentId: ada.agentId } })
    await dropOver('KnownDevice', later(end + KNOWN_DEVICE_LIFETIME_MS - 1))
    expect(await rows()).toBe(1)
    await dropOver('KnownDevice', later(end + KNOWN_DEVICE_LIFETIME_MS))
    expect(await rows()).toBe(0)
  })

  it('are forgotten for one agent alone', async () => {
    const [ada, token] = [await somebody(), newToken()]
    const ben = await someColleague(ada, {})
    await signIn(ada, token)
    await signIn(ben, token)
    await transact((tx) => forgetDevices(tx, ada.accountId, ada.agentId))
    expect(await isKnownDevice(token, { id: ada.agentId }, START)).toBe(false)
    expect(await isKnownDevice(token, { id: ben.agentId }, START)).toBe(true)
  })
})
