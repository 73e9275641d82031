import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { someAdmin } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { withTotp } from '@/scripts/testing/factors'
import { database } from './database'
import { remakeRecoveryCodes, spendRecoveryCode } from './recovery-codes'

describe.each(TEST_DATABASES)('recovery codes on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  async function owner() {
    const actor = await someAdmin()
    const { codes } = await withTotp(actor)
    const spend = (code = '') => spendRecoveryCode(actor, code.replaceAll('-', ''), new Date())
    return { actor, codes, spend }
  }

  it('are stored as hashes', async () => {
    const { actor, codes } = await owner()
    const rows = await database().recoveryCode.findMany({ where: { agentId: actor.agentId } })
    expect(rows).toHaveLength(10)
    for (const { codeHash } of rows) expect(codeHash).toMatch(/^\$argon2id\$/)
    for (const code of codes) expect(JSON.stringify(rows)).not.toContain(code.slice(0, 4))
  })

  it('work once each, for one of ten, and are audited with what is left', async () => {
    const { actor, codes, spend } = await owner()
    const spent = await Promise.all(Array.from({ length: 10 }, () => spend(codes[3])))
    expect(spent.filter(Boolean)).toHaveLength(1)
    expect(await spend(codes[3])).toBe(false)
    expect(await spend(codes[4])).toBe(true)
    const audit = await database().auditEvent.findMany({
      where: { accountId: actor.accountId, action: 'factor.code_used' },
      orderBy: { id: 'asc' },
    })
    expect(audit.map(({ after }) => after)).toEqual(['{"left":9}', '{"left":8}'])
  })

  it('are nothing that was not made, and nothing of somebody else', async () => {
    const { spend } = await owner()
    const other = await owner()
    expect(await spend('abcdefghjkmn')).toBe(false)
    expect(await spend(other.codes[0])).toBe(false)
    expect(await other.spend(other.codes[0])).toBe(true)
  })

  it('made anew, the earlier ones stop working', async () => {
    const { actor, codes, spend } = await owner()
    const made = await remakeRecoveryCodes(actor)
    expect(made).toHaveLength(10)
    expect(await spend(codes[0])).toBe(false)
    expect(await spend(made[0])).toBe(true)
  })

  it('are not made for somebody without a second factor', async () => {
    const actor = await someAdmin()
    expect(await remakeRecoveryCodes(actor)).toBe('no-factor')
    expect(await database().recoveryCode.count({ where: { agentId: actor.agentId } })).toBe(0)
  })
})
