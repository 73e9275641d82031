import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { address, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { database, transact } from './database'
import { type Device, endDevice, findDevice, rotateDevice, startDevice } from './devices'
import { verifyIdentity } from './identities'

vi.stubEnv('AUTH_SECRET', 'a secret for tests, 32 characters at least')

describe.each(TEST_DATABASES)('a device on %s', (kind) => {
  let close = async () => {}
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  const FROM = address('198.51.100.7')

  async function someDevice(): Promise<Device> {
    const { email } = await someColleague(await someAdmin(), {})
    const identity = await verifyIdentity(email, 'correct horse battery')
    const device =
      identity &&
      (await transact((tx) =>
        startDevice(tx, identity, { name: 'Pixel 9', address: FROM, factorProven: false }, new Date()),
      ))
    if (!device) throw new Error('The password is right.')
    return device
  }

  test('moves on to its next generation for exactly one of many that saw the same one', async () => {
    const [device, other] = [await someDevice(), await someDevice()]
    const now = new Date(device.rotatedAtMs + 60_000)
    const won = await Promise.all(
      Array.from({ length: 10 }, () => transact((tx) => rotateDevice(tx, device, FROM, now))),
    )
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(await findDevice(device.id)).toMatchObject({ generation: 2, rotatedAtMs: now.getTime() })
    expect(await findDevice(other.id)).toMatchObject({ generation: 1, rotatedAtMs: other.rotatedAtMs })
  })

  test('does not move on after its end', async () => {
    const device = await someDevice()
    await endDevice(device, 'signed-out', { address: FROM })
    expect(await transact((tx) => rotateDevice(tx, device, FROM, new Date()))).toBe(false)
    expect(await findDevice(device.id)).toMatchObject({ generation: 1, agent: { id: device.agent.id } })
  })

  test('ends once, with one audit row, however many end it', async () => {
    const device = await someDevice()
    const ended = await Promise.all(
      Array.from({ length: 10 }, () => endDevice(device, 'token-reused', { address: FROM })),
    )
    expect(ended.filter(Boolean)).toHaveLength(1)
    const rows = await database().auditEvent.findMany({
      where: { subjectId: device.id, action: 'device.ended' },
    })
    expect(rows).toMatchObject([{ via: 'mobile', address: FROM, actorId: device.agent.id }])
  })
})
