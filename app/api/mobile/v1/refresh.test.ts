import { describe, expect, test } from 'vitest'
import { resetPassword } from '@/lib/data/agent-passwords'
import { setAgentEnabled } from '@/lib/data/agents'
import { database, transact } from '@/lib/data/database'
import { deriveTokens } from '@/lib/data/device-tokens'
import { findDevice, startDevice } from '@/lib/data/devices'
import { verifyIdentity } from '@/lib/data/identities'
import { TEST_DATABASES } from '@/scripts/testing/databases'
import { deviceOf, enforce, mobileApi, PASSWORD, team } from '@/scripts/testing/mobile'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const ago = (ms: number) => new Date(Date.now() - ms)
const setDevice = (agentId: string, data: Record<string, Date | number>) =>
  transact((tx) => tx.mobileDevice.updateMany({ where: { agentId }, data }))

describe.each(TEST_DATABASES)('mobile refresh on %s', (kind) => {
  const { ask, refresh, signIn } = mobileApi(kind)

  test('refreshing rotates; the predecessor gets the very same pair for 30 seconds', async () => {
    const { agent } = await team()
    const first = (await signIn(agent.email)).json
    const second = await refresh(first.refreshToken)
    expect(second.status).toBe(200)
    expect(second.json.refreshToken).not.toBe(first.refreshToken)
    const again = await refresh(first.refreshToken)
    expect(again.json).toEqual(second.json)
    expect(await ask('me', { token: first.accessToken })).toMatchObject({ status: 200 })
    expect(await ask('me', { token: second.json.accessToken })).toMatchObject({ status: 200 })
    const events = await database().signInEvent.count({
      where: { agentId: agent.agentId, surface: 'MOBILE' },
    })
    expect(events).toBe(3)
  })

  test('a predecessor after 30 seconds ends the session of that device alone', async () => {
    const { agent } = await team()
    const other = (await signIn(agent.email)).json
    await transact((tx) =>
      tx.mobileDevice.updateMany({ where: { agentId: agent.agentId }, data: { name: 'other' } }),
    )
    const first = (await signIn(agent.email)).json
    const second = (await refresh(first.refreshToken)).json
    await transact((tx) =>
      tx.mobileDevice.updateMany({
        where: { agentId: agent.agentId, name: 'Pixel 9' },
        data: { rotatedAt: ago(31_000) },
      }),
    )
    const reused = await refresh(first.refreshToken)
    expect(reused).toMatchObject({ status: 401, json: { title: 'The session has ended.' } })
    expect(await refresh(second.refreshToken)).toMatchObject({ status: 401 })
    expect(await ask('me', { token: second.accessToken })).toMatchObject({ status: 401 })
    expect(await refresh(other.refreshToken)).toMatchObject({ status: 200 })
    const audit = await database().auditEvent.findMany({
      where: { actorId: agent.agentId, action: 'device.ended' },
    })
    expect(audit).toMatchObject([{ after: '{"because":"token-reused"}' }])
  })

  test('a token older than the predecessor ends the session at once', async () => {
    const { agent } = await team()
    const first = (await signIn(agent.email)).json
    const second = (await refresh(first.refreshToken)).json
    const third = (await refresh(second.refreshToken)).json
    expect(await refresh(first.refreshToken)).toMatchObject({ status: 401 })
    expect(await refresh(third.refreshToken)).toMatchObject({ status: 401 })
  })

  test('of parallel refreshes one rotates and all get its pair', async () => {
    const { agent } = await team()
    const { refreshToken } = (await signIn(agent.email)).json
    const answers = await Promise.all(Array.from({ length: 12 }, () => refresh(refreshToken)))
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200))
    expect(new Set(answers.map(({ json }) => json.refreshToken)).size).toBe(1)
    expect(await deviceOf(agent.agentId)).toMatchObject({ generation: 2, endedAt: null })
  })

  test('a refresh from outside the list is refused and the token stays valid', async () => {
    const { admin, agent } = await team()
    const { refreshToken } = (await signIn(agent.email)).json
    await enforce(admin, '127.0.0.2')
    for (let n = 0; n < 3; n++) {
      const refused = await refresh(refreshToken, { from: '127.0.0.3' })
      expect(refused).toMatchObject({ status: 403, json: { ip: '127.0.0.3' } })
    }
    const where = { agentId: agent.agentId, outcome: 'refused' }
    expect(await database().signInEvent.count({ where })).toBe(3)
    expect(await deviceOf(agent.agentId)).toMatchObject({ generation: 1, endedAt: null })
    expect(await refresh(refreshToken, { from: '127.0.0.2' })).toMatchObject({ status: 200 })
  })

  test('reuse is answered 401 also from outside the list: it comes first', async () => {
    const { admin, agent } = await team()
    const first = (await signIn(agent.email)).json
    const second = (await refresh(first.refreshToken)).json
    await refresh(second.refreshToken)
    await enforce(admin, '1.1.1.1')
    expect(await refresh(first.refreshToken)).toMatchObject({ status: 401 })
    expect(await deviceOf(agent.agentId)).toMatchObject({ endedBecause: 'token-reused' })
  })

  test('30 days without a refresh, and 90 days since the sign-in, end the tokens', async () => {
    const { agent } = await team()
    await signIn(agent.email)
    const pairAt = async (data: Record<string, Date | number>) => {
      await setDevice(agent.agentId, data)
      const device = await findDevice((await deviceOf(agent.agentId)).id)
      if (!device) throw new Error('The device is missing.')
      return deriveTokens(device)
    }
    const tooOld = await pairAt({ createdAt: ago(40 * DAY_MS), rotatedAt: ago(30 * DAY_MS + 1000) })
    expect(await refresh(tooOld.refreshToken)).toMatchObject({ status: 401 })
    const oldAccess = await pairAt({ rotatedAt: ago(15 * MINUTE_MS + 1000) })
    expect(await ask('me', { token: oldAccess.accessToken })).toMatchObject({ status: 401 })
    expect(await refresh(oldAccess.refreshToken)).toMatchObject({ status: 200 })
    const lastDay = await pairAt({ createdAt: ago(90 * DAY_MS + 1000), rotatedAt: ago(1000) })
    expect(await refresh(lastDay.refreshToken)).toMatchObject({ status: 401 })
    expect(await ask('me', { token: lastDay.accessToken })).toMatchObject({ status: 401 })
  })

  test('a new password and disabling end every device', async () => {
    const { admin, agent } = await team()
    const first = (await signIn(agent.email)).json
    await resetPassword(admin, agent.agentId, PASSWORD)
    expect(await ask('me', { token: first.accessToken })).toMatchObject({ status: 401 })
    expect(await refresh(first.refreshToken)).toMatchObject({ status: 401 })
    const second = (await signIn(agent.email)).json
    await setAgentEnabled(admin, agent.agentId, false)
    expect(await ask('me', { token: second.accessToken })).toMatchObject({ status: 401 })
    expect(await refresh(second.refreshToken)).toMatchObject({ status: 401 })
  })

  test('nothing begins behind a password that was changed after it was proven', async () => {
    const { admin, agent } = await team()
    const identity = await verifyIdentity(agent.email, PASSWORD)
    if (!identity) throw new Error('The password is right.')
    await resetPassword(admin, agent.agentId, PASSWORD)
    expect(
      await transact((tx) =>
        startDevice(tx, identity, { name: 'late', address: null, factorProven: false }, new Date()),
      ),
    ).toBeNull()
  })
})
