import { describe, expect, test } from 'vitest'
import { setCheckEveryRequest, setMobileEnforced } from '@/lib/data/allowlist-switches'
import { database } from '@/lib/data/database'
import { answering } from '@/scripts/testing/allowlists'
import { TEST_DATABASES } from '@/scripts/testing/databases'
import { enforce, mobileApi, team } from '@/scripts/testing/mobile'

describe.each(TEST_DATABASES)('a phone that is signed in on %s', (kind) => {
  const { ask, refresh, signIn } = mobileApi(kind)

  test('"Check every request" shuts a phone out where mobile is enforced, and lets it back in', async () => {
    const { admin, agent } = await team()
    const { accessToken: token } = (await signIn(agent.email)).json
    await enforce(admin, '127.0.0.2')
    expect(await ask('me', { token })).toMatchObject({ status: 200 })
    await setCheckEveryRequest(admin, true, answering('anyway'))
    const refused = await ask('me', { token })
    expect(refused).toMatchObject({ status: 403, json: { ip: '127.0.0.1' } })
    expect(refused.json.contacts).toHaveLength(1)
    expect(await ask('me', { token, from: '127.0.0.2' })).toMatchObject({ status: 200 })
    await setMobileEnforced(admin, false, answering('anyway'))
    expect(await ask('me', { token })).toMatchObject({ status: 200 })
  })

  test('signing out ends both tokens; a second time is 401', async () => {
    const { agent } = await team()
    const pair = (await signIn(agent.email)).json
    const answer = await ask('sign-out', { method: 'POST', token: pair.accessToken })
    expect(answer).toMatchObject({ status: 204, text: '' })
    expect(await ask('sign-out', { method: 'POST', token: pair.accessToken })).toMatchObject({ status: 401 })
    expect(await ask('me', { token: pair.accessToken })).toMatchObject({ status: 401 })
    expect(await refresh(pair.refreshToken)).toMatchObject({ status: 401 })
    const where = { actorId: agent.agentId, action: 'device.ended' }
    expect(await database().auditEvent.count({ where })).toBe(1)
  })

  test('tokens are not interchangeable, and a changed one is worth nothing', async () => {
    const { agent } = await team()
    const pair = (await signIn(agent.email)).json
    const [payload, signature] = pair.accessToken.split('.')
    const claims = Buffer.from(payload, 'base64url').toString()
    const later = Buffer.from(claims.replace(/\d$/, (digit: string) => String((Number(digit) + 1) % 10)))
    const bad = [
      pair.refreshToken,
      `${later.toString('base64url')}.${signature}`,
      `${payload}.${signature}.`,
      `${payload}.`,
      `${payload}=.${signature}`,
      payload,
      'x.y',
    ]
    for (const token of bad) expect([token, (await ask('me', { token })).status]).toEqual([token, 401])
    expect(await refresh(pair.accessToken)).toMatchObject({ status: 401 })
    const cookie = { headers: { cookie: `gatehouse.session=${pair.accessToken}` } }
    expect(await ask('me', cookie)).toMatchObject({ status: 401 })
    expect(await ask('me', { token: pair.accessToken })).toMatchObject({ status: 200 })
  })
})
