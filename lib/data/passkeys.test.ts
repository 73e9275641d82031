import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { someAdmin } from '@/scripts/testing/allowlists'
import { softwareKey } from '@/scripts/testing/authenticator'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import '@/scripts/testing/sign-ins'
import { database } from './database'
import { hasFactor } from './factors'
import { askForPasskey, beginPasskey, finishPasskey, spendPasskey } from './passkeys'

const MINUTE_MS = 60_000
const EVIL = 'https://gatehouse.evil.example'

describe.each(TEST_DATABASES)('passkeys on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  async function beginning() {
    const actor = await someAdmin()
    const sessionId = `session of ${actor.agentId}`
    const options = await beginPasskey(actor, { email: 'ada@example.com', sessionId })
    const finish = (response: string, now = new Date()) =>
      finishPasskey(actor, { name: 'Laptop', response, sessionId }, now)
    return { actor, sessionId, options, finish }
  }

  async function owner() {
    const { actor, options, finish } = await beginning()
    const key = softwareKey()
    expect(await finish(key.register(options))).toMatchObject({ outcome: 'enrolled' })
    const holder = { holderId: `half of ${actor.agentId}`, agentId: actor.agentId }
    const ask = async () => (await askForPasskey(holder)) ?? 'none'
    return { actor, key, holder, ask }
  }

  it('the first one brings recovery codes, and names the site by APP_URL', async () => {
    const { actor, options, finish } = await beginning()
    expect(JSON.parse(options)).toMatchObject({
      rp: { name: 'Gatehouse', id: 'localhost' },
      user: { name: 'ada@example.com', displayName: 'Ada' },
      attestation: 'none',
    })
    const enrolled = await finish(softwareKey().register(options))
    expect(enrolled).toMatchObject({ outcome: 'enrolled' })
    expect(enrolled === 'invalid' ? null : enrolled.codes).toHaveLength(10)
    expect(await hasFactor(database(), actor.agentId)).toBe(true)
    const [row] = await database().passkey.findMany({ where: { agentId: actor.agentId } })
    expect(row).toMatchObject({ name: 'Laptop', transports: 'usb', lastUsedAt: null })
  })

  it.each([
    ['another origin', { at: EVIL }],
    ['another site', { site: 'evil.example' }],
    ['plain http elsewhere', { at: 'http://localhost:4000' }],
  ])('one made for %s is not taken', async (_claim, where) => {
    const { actor, options, finish } = await beginning()
    expect(await finish(softwareKey().register(options, where))).toBe('invalid')
    expect(await hasFactor(database(), actor.agentId)).toBe(false)
  })

  it.each(['', 'null', '[]', '{}', 'not JSON', '{"id":5,"response":{}}'])(
    'the answer %j is none, and spends the challenge',
    async (response) => {
      const { options, finish } = await beginning()
      expect(await finish(response)).toBe('invalid')
      expect(await finish(softwareKey().register(options))).toBe('invalid')
    },
  )

  it.each([
    ['usb', ''],
    [7, ''],
    [{ join: 1 }, ''],
    [['\0', 'a,b', { toString: 1 }, 'nfc', 'usb'], 'nfc,usb'],
  ])(
    'of what a key says about how it is reached, %j, only what there is counts',
    async (transports, kept) => {
      const { actor, options, finish } = await beginning()
      const made = JSON.parse(softwareKey().register(options))
      const response = { ...made.response, transports }
      expect(await finish(JSON.stringify({ ...made, response }))).toMatchObject({ outcome: 'enrolled' })
      const [row] = await database().passkey.findMany({ where: { agentId: actor.agentId } })
      expect(row).toMatchObject({ transports: kept })
    },
  )

  it('a challenge counts once, and for fifteen minutes', async () => {
    const { options, finish } = await beginning()
    const made = softwareKey().register(options)
    expect(await finish(made)).toMatchObject({ outcome: 'enrolled' })
    expect(await finish(softwareKey().register(options))).toBe('invalid')
    const late = await beginning()
    const then = new Date(Date.now() + 16 * MINUTE_MS)
    expect(await late.finish(softwareKey().register(late.options), then)).toBe('invalid')
  })

  it('a challenge of somebody else is worth nothing', async () => {
    const [one, two] = [await beginning(), await beginning()]
    expect(await one.finish(softwareKey().register(two.options))).toBe('invalid')
  })

  it('a passkey belongs to one person', async () => {
    const [one, two] = [await beginning(), await beginning()]
    const key = softwareKey()
    expect(await one.finish(key.register(one.options))).toMatchObject({ outcome: 'enrolled' })
    expect(await two.finish(key.register(two.options))).toBe('invalid')
    expect(await hasFactor(database(), two.actor.agentId)).toBe(false)
  })

  it('signs its person in, once for each challenge, and says when it was last used', async () => {
    const { actor, key, holder, ask } = await owner()
    const options = await ask()
    expect(JSON.parse(options)).toMatchObject({
      rpId: 'localhost',
      allowCredentials: [{ id: key.id, transports: ['usb'] }],
    })
    const signed = key.sign(options)
    const all = await Promise.all(Array.from({ length: 10 }, () => spendPasskey(holder, signed)))
    expect(all.filter(Boolean)).toHaveLength(1)
    expect(await spendPasskey(holder, signed)).toBe(false)
    expect(await spendPasskey(holder, key.sign(await ask()))).toBe(true)
    const row = await database().passkey.findFirstOrThrow({ where: { agentId: actor.agentId } })
    expect(row.lastUsedAt).not.toBeNull()
  })

  it.each([
    ['another origin', { at: EVIL }],
    ['another site', { site: 'evil.example' }],
  ])('an answer that was given to %s opens nothing', async (_claim, where) => {
    const { key, holder, ask } = await owner()
    expect(await spendPasskey(holder, key.sign(await ask(), where))).toBe(false)
  })

  it('a key of somebody else, and a key that is not known, open nothing', async () => {
    const [one, two] = [await owner(), await owner()]
    expect(await spendPasskey(one.holder, two.key.sign(await one.ask()))).toBe(false)
    expect(await spendPasskey(one.holder, softwareKey().sign(await one.ask()))).toBe(false)
    expect(await spendPasskey(one.holder, one.key.sign(await two.ask()))).toBe(false)
  })

  it.each([{ toString: 1 }, '\0', '\ud800', null, [], 7])(
    'an answer of the key %j opens nothing, and breaks nothing',
    async (id) => {
      const { key, holder, ask } = await owner()
      const signed = JSON.parse(key.sign(await ask()))
      expect(await spendPasskey(holder, JSON.stringify({ ...signed, id }))).toBe(false)
    },
  )

  it('a copy of a key that lags behind it opens nothing (WebAuthn §6.1.1)', async () => {
    const { key, holder, ask } = await owner()
    expect(await spendPasskey(holder, key.sign(await ask()))).toBe(true)
    key.rewind(1)
    expect(await spendPasskey(holder, key.sign(await ask()))).toBe(false)
  })

  it('nobody has more than ten', async () => {
    const { actor, sessionId, options, finish } = await beginning()
    await finish(softwareKey().register(options))
    for (let made = 1; made < 10; made++) {
      const next = await beginPasskey(actor, { email: 'ada@example.com', sessionId })
      const enrolled = await finish(softwareKey().register(next))
      expect(enrolled).toMatchObject({ outcome: 'enrolled', codes: null })
    }
    expect(await beginPasskey(actor, { email: 'ada@example.com', sessionId })).toBe('too-many')
  })
})
