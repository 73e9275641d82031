import { hash } from '@node-rs/argon2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { someAdmin } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { database, transact } from './database'
import { verifyIdentity } from './identities'
import { isHashOutdated } from './passwords'

const PASSWORD = 'correct horse battery'

describe.each(TEST_DATABASES)('identities on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  const rowOf = (id: string) => database().agent.findUniqueOrThrow({ where: { id } })

  /** Somebody whose password was hashed when the parameters were others. */
  async function fromLongAgo() {
    const { agentId } = await someAdmin()
    const passwordHash = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 })
    await transact((tx) => tx.agent.update({ where: { id: agentId }, data: { passwordHash } }))
    return rowOf(agentId)
  }

  it('a right password is hashed anew when the parameters are others by now, and stays the same', async () => {
    const before = await fromLongAgo()
    expect(await verifyIdentity(before.email, PASSWORD)).toMatchObject({ id: before.id })
    const after = await rowOf(before.id)
    expect(isHashOutdated(after.passwordHash)).toBe(false)
    // Nothing that depends on when the password was changed comes to an end.
    expect({ ...after, passwordHash: '' }).toEqual({ ...before, passwordHash: '' })
    expect(await verifyIdentity(before.email, PASSWORD)).toMatchObject({ id: before.id })
    expect((await rowOf(before.id)).passwordHash).toBe(after.passwordHash)
  })

  it('a wrong password, and that of somebody disabled, change nothing', async () => {
    const before = await fromLongAgo()
    expect(await verifyIdentity(before.email, 'something else')).toBeNull()
    await transact((tx) => tx.agent.update({ where: { id: before.id }, data: { enabled: false } }))
    expect(await verifyIdentity(before.email, PASSWORD)).toBeNull()
    expect((await rowOf(before.id)).passwordHash).toBe(before.passwordHash)
  })
})
