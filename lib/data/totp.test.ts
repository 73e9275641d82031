import { Secret } from 'otpauth'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { someAdmin } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { codeAt, someSession, withTotp } from '@/scripts/testing/factors'
import { latestMail } from '@/scripts/testing/sign-ins'
import { database, transact } from './database'
import { hasFactor } from './factors'
import { seal } from './secrets'
import { beginTotp, confirmTotp, spendTotp } from './totp'

const MINUTE_MS = 60_000

describe.each(TEST_DATABASES)('an authenticator app on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  async function begun() {
    const actor = await someAdmin()
    const setUp = await beginTotp(actor, 'ada@example.com')
    if (setUp === 'exists') throw new Error(setUp)
    const confirm = (code: string, now = new Date()) =>
      confirmTotp(actor, { code, sessionId: 'none', label: 'ada@example.com' }, now)
    return { actor, ...setUp, confirm }
  }

  it('is told its secret as a key URI, and stores it sealed', async () => {
    const { actor, secret, uri } = await begun()
    expect(uri).toBe(
      `otpauth://totp/Gatehouse:ada%40example.com?issuer=Gatehouse&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
    )
    expect(Secret.fromBase32(secret).bytes).toHaveLength(20)
    const row = await database().totpFactor.findUniqueOrThrow({ where: { agentId: actor.agentId } })
    expect(JSON.stringify(row)).not.toContain(secret)
  })

  it('counts only once a code of it was right; then it brings ten recovery codes, an audit row and a mail', async () => {
    const { actor, secret, confirm } = await begun()
    const now = new Date()
    expect(await hasFactor(database(), actor.agentId)).toBe(false)
    expect(await spendTotp(actor.agentId, codeAt(secret, now), now)).toBe(false)
    const wrong = await confirm('000000', new Date(now.getTime() + 5 * MINUTE_MS))
    expect(wrong).toMatchObject({ outcome: 'wrong-code', setUp: { secret } })
    expect(await hasFactor(database(), actor.agentId)).toBe(false)
    const right = await confirm(codeAt(secret, now), now)
    if (right === 'over' || right.outcome !== 'enrolled') throw new Error('It was not set up.')
    expect(new Set(right.codes).size).toBe(10)
    expect(await spendTotp(actor.agentId, codeAt(secret, now), now), 'that code is spent').toBe(false)
    expect(await hasFactor(database(), actor.agentId)).toBe(true)
    const [audit] = await database().auditEvent.findMany({
      where: { accountId: actor.accountId, action: 'factor.added' },
    })
    expect(audit).toMatchObject({ actorId: actor.agentId, subjectName: 'Authenticator app' })
    const mail = await latestMail()
    expect(mail.subject).toBe('A second factor was added')
    expect(mail.text).toContain('198.51.100.7')
    expect(await confirm(codeAt(secret, now, 1), now)).toBe('over')
  })

  it('frees the session that had to enrol first, and no other', async () => {
    const { actor, secret, confirm: _ } = await begun()
    const [mine, other] = [await someSession(actor), await someSession(actor)]
    await transact((tx) => tx.session.updateMany({ data: { mustEnrol: true } }))
    const now = new Date()
    await confirmTotp(actor, { code: codeAt(secret, now), sessionId: mine, label: '' }, now)
    const session = (id: string) => database().session.findUniqueOrThrow({ where: { id } })
    expect((await session(mine)).mustEnrol).toBe(false)
    expect((await session(other)).mustEnrol).toBe(true)
  })

  it('a set-up that took over fifteen minutes is over', async () => {
    const { secret, confirm } = await begun()
    const late = new Date(Date.now() + 16 * MINUTE_MS)
    expect(await confirm(codeAt(secret, late), late)).toBe('over')
  })

  it('begun anew, the earlier secret is worth nothing', async () => {
    const { actor, secret, confirm } = await begun()
    await beginTotp(actor, 'ada@example.com')
    const now = new Date()
    expect(await confirm(codeAt(secret, now), now)).toMatchObject({ outcome: 'wrong-code' })
  })

  it('there is one: another is not begun while it counts', async () => {
    const actor = await someAdmin()
    await withTotp(actor)
    expect(await beginTotp(actor, 'ada@example.com')).toBe('exists')
  })

  it('shows the codes of RFC 6238', async () => {
    const actor = await someAdmin()
    const secret = Secret.fromLatin1('12345678901234567890').base32
    const { accountId, agentId } = actor
    await transact((tx) =>
      tx.totpFactor.create({
        data: { accountId, agentId, sealedSecret: seal(secret, 'totp'), confirmedAt: new Date(0) },
      }),
    )
    // Appendix B, the last six of eight digits, in the order of time.
    for (const [seconds, code] of [
      [59, '287082'],
      [1_111_111_109, '081804'],
      [1_111_111_111, '050471'],
      [1_234_567_890, '005924'],
      [2_000_000_000, '279037'],
    ] as const)
      expect(await spendTotp(agentId, code, new Date(seconds * 1000)), String(seconds)).toBe(true)
  })

  it.each([
    [-2, false],
    [-1, true],
    [0, true],
    [1, true],
    [2, false],
  ])('a code %i steps away is taken: %s', async (steps, taken) => {
    const actor = await someAdmin()
    const { secret } = await withTotp(actor)
    const now = new Date(Date.now() + 10 * MINUTE_MS)
    expect(await spendTotp(actor.agentId, codeAt(secret, now, steps), now)).toBe(taken)
  })

  it('each time step is spent once, by one of twenty, and no earlier one after it', async () => {
    const actor = await someAdmin()
    const { secret } = await withTotp(actor)
    const now = new Date()
    const spend = (steps: number) => spendTotp(actor.agentId, codeAt(secret, now, steps), now)
    const spent = await Promise.all(Array.from({ length: 20 }, () => spend(0)))
    expect(spent.filter(Boolean)).toHaveLength(1)
    expect(await spend(0)).toBe(false)
    expect(await spend(-1)).toBe(false)
    expect(await spend(1)).toBe(true)
    expect(await spend(0)).toBe(false)
  })

  it('opens with no code of somebody else', async () => {
    const [actor, other] = [await someAdmin(), await someAdmin()]
    const { secret } = await withTotp(actor)
    await withTotp(other)
    const now = new Date()
    expect(await spendTotp(other.agentId, codeAt(secret, now), now)).toBe(false)
    expect(await spendTotp(actor.agentId, codeAt(secret, now), now)).toBe(true)
  })
})
