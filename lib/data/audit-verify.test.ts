import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { describeChainProblem } from '@/lib/core/audit-chain'
import type { Actor } from '@/lib/core/permissions'
import { NotPermitted } from '@/lib/core/permissions'
import { newRange, someAdmin } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { operatorOf } from './accounts'
import { addRange } from './allowlist-ranges'
import { recordAudit } from './audit'
import { verifyAudit } from './audit-verify'
import { database, type Transaction, transact } from './database'

const NOTHING_ASKED = { consents: [], undeclaredProxy: null, provenAt: new Date() }

describe.each(TEST_DATABASES)('the audit log on %s', (kind) => {
  let close: () => Promise<void>
  let actor: Actor
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())
  // account.created and agent.added, then six ranges: eight rows.
  beforeEach(async () => {
    actor = await someAdmin()
    for (let last = 1; last <= 6; last++) await addRange(actor, newRange(`192.0.2.${last}`), NOTHING_ASKED)
  })

  /** Somebody at the database itself. */
  const tamper = (deed: (tx: Transaction) => Promise<unknown>) => transact((tx) => deed(tx).then(() => {}))
  const at = (sequence: number) => ({
    accountId_sequence: { accountId: actor.accountId, sequence },
  })
  const problems = async (noted?: { sequence: number; hash: string }) =>
    (await verifyAudit(actor, noted)).problems.map(describeChainProblem)
  const idOf = async (sequence: number) =>
    (await database().auditEvent.findUniqueOrThrow({ where: at(sequence) })).id
  const headNow = () => database().auditHead.findUniqueOrThrow({ where: { accountId: actor.accountId } })

  it('as it was written has no problem', async () => {
    const verified = await verifyAudit(actor)
    expect(verified).toMatchObject({ rows: 8, olderRows: 0, problems: [] })
    const first = await database().auditEvent.findUniqueOrThrow({ where: at(1) })
    expect(verified.since).toEqual(first.at)
    const last = await database().auditEvent.findUniqueOrThrow({ where: at(8) })
    expect(verified.head).toEqual({ sequence: 8, hash: last.hash })
  })

  it('needs the permission', async () => {
    const agent = { ...actor, role: 'AGENT' as const, managesSecurity: false }
    await expect(verifyAudit(agent)).rejects.toThrow(NotPermitted)
  })

  it.each([
    ['action', { action: 'range.deleted' }],
    ['actor', { actorId: 'somebody' }],
    ['actor’s name', { actorName: 'Eve' }],
    ['way', { via: 'cli' }],
    ['subject’s type', { subjectType: 'agent' }],
    ['subject', { subjectId: 'another' }],
    ['subject’s name', { subjectName: '0.0.0.0/0' }],
    ['state before', { before: '{}' }],
    ['state after', { after: '{"origin":"CLI"}' }],
    ['state after, taken away', { after: null }],
    ['address', { address: null }],
    ['time', { at: new Date(0) }],
    ['id', { id: '00000000-0000-7000-8000-000000000000' }],
    ['hash', { hash: 'AAAAAA' }],
    ['hash before', { previousHash: '' }],
  ])('names the row whose %s was changed', async (_what, data) => {
    await tamper((tx) => tx.auditEvent.update({ where: at(5), data }))
    const [first, ...more] = await problems()
    expect(first).toBe(`Row 5 (${await idOf(5)}) is not as it was written.`)
    expect(more).toEqual([])
    // Another test makes a row with this id.
    await tamper((tx) => tx.auditEvent.delete({ where: at(5) }))
  })

  it('names a row that was made up with a hash of its own', async () => {
    const row = await database().auditEvent.findUniqueOrThrow({ where: at(8) })
    const { hash } = row
    await tamper(async (tx) => {
      await tx.auditEvent.create({
        data: {
          ...row,
          id: 'made-up',
          sequence: 9,
          previousHash: hash,
          hash: hash?.replace(/.$/, 'A') ?? '',
        },
      })
    })
    expect(await problems()).toEqual([
      'Row 9 is behind the end of the log: not written by Gatehouse, or the end was put back.',
    ])
  })

  it('names rows taken out of the middle and from the beginning', async () => {
    const { accountId } = actor
    await tamper((tx) => tx.auditEvent.deleteMany({ where: { accountId, sequence: { in: [1, 4, 5] } } }))
    expect(await problems()).toEqual(['Row 1 is missing.', 'Rows 4 to 5 are missing.'])
  })

  it('names rows cut off the end, and the end that was put back with them', async () => {
    const { accountId } = actor
    const [seven, before] = [await database().auditEvent.findUniqueOrThrow({ where: at(6) }), await headNow()]
    await tamper((tx) => tx.auditEvent.deleteMany({ where: { accountId, sequence: { gt: 6 } } }))
    expect(await problems()).toEqual(['Rows 7 to 8 are missing: the end of the log was cut off.'])
    await tamper((tx) =>
      tx.auditHead.update({ where: { accountId }, data: { sequence: 6, hash: seven.hash ?? '' } }),
    )
    expect(await problems()).toEqual(['The note of where the log ends is not as it was written.'])
    await tamper((tx) => tx.auditHead.delete({ where: { accountId } }))
    expect(await problems()).toEqual(['The note of where the log ends is missing.'])
    expect(await problems(before)).toContain(
      'Row 8 is not the one that was noted: the log is another, or was put back.',
    )
  })

  it('names rows put in another order', async () => {
    const ids = [await idOf(4), await idOf(6)]
    await tamper(async (tx) => {
      await tx.auditEvent.update({ where: at(4), data: { sequence: -1 } })
      await tx.auditEvent.update({ where: at(6), data: { sequence: 4 } })
      await tx.auditEvent.update({ where: at(-1), data: { sequence: 6 } })
    })
    expect(await problems()).toEqual([
      `Row 4 (${ids[1]}) was written as row 6: rows were reordered.`,
      `Row 6 (${ids[0]}) was written as row 4: rows were reordered.`,
    ])
  })

  it('misses a log of which nothing is left, also by the note somebody took', async () => {
    const { accountId } = actor
    const { head } = await verifyAudit(actor)
    await tamper(async (tx) => {
      await tx.auditEvent.deleteMany({ where: { accountId } })
    })
    expect(await problems()).toEqual(['Rows 1 to 8 are missing: the end of the log was cut off.'])
    await tamper((tx) => tx.auditHead.delete({ where: { accountId } }))
    const emptied = 'Nothing is left of the log, which begins when the account is made.'
    expect(await problems()).toEqual([emptied])
    expect(await problems(head ?? undefined)).toEqual([
      emptied,
      'Row 8 is not the one that was noted: the log is another, or was put back.',
    ])
  })

  it('an end noted earlier is still in a log that went on', async () => {
    const { head } = await verifyAudit(actor)
    await addRange(actor, newRange('192.0.2.99'), NOTHING_ASKED)
    expect(await problems(head ?? undefined)).toEqual([])
  })

  it('begins behind rows from before there was a chain, and counts them', async () => {
    const { accountId } = actor
    await tamper(async (tx) => {
      await tx.auditEvent.updateMany({
        where: { accountId },
        data: { sequence: null, hash: null, previousHash: null },
      })
      await tx.auditHead.delete({ where: { accountId } })
    })
    expect(await verifyAudit(actor)).toMatchObject({
      rows: 0,
      olderRows: 8,
      since: null,
      head: null,
      problems: [],
    })
    await addRange(actor, newRange('192.0.2.100'), NOTHING_ASKED)
    expect(await verifyAudit(actor)).toMatchObject({
      ...{ rows: 1, olderRows: 8, problems: [] },
      head: { sequence: 1 },
    })
    const [old] = await database().auditEvent.findMany({ where: { accountId, sequence: null } })
    await tamper((tx) => tx.auditEvent.delete({ where: { id: old?.id ?? '' } }))
    expect(await problems()).toEqual(['7 rows stand before the first one that is chained; there were 8.'])
  })

  it('is numbered without a gap by writers at the same time, also where the chain begins', async () => {
    const { accountId } = actor
    const write = (name: string) =>
      transact((tx) =>
        recordAudit(tx, operatorOf(accountId), {
          action: 'range.edited',
          subject: { type: 'range', id: 'r', name },
        }),
      )
    await tamper(async (tx) => {
      await tx.auditEvent.deleteMany({ where: { accountId } })
      await tx.auditHead.delete({ where: { accountId } })
    })
    const others = await someAdmin()
    const adding = Array.from({ length: 5 }, (_, at) =>
      addRange(others, newRange(`198.51.100.${at}`), NOTHING_ASKED),
    )
    await Promise.all([...Array.from({ length: 25 }, (_, at) => write(String(at))), ...adding])
    const rows = await database().auditEvent.findMany({ where: { accountId }, orderBy: { sequence: 'asc' } })
    expect(rows.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 25 }, (_, at) => at + 1))
    expect(await verifyAudit(actor)).toMatchObject({ rows: 25, problems: [] })
    expect(await verifyAudit(others)).toMatchObject({ rows: 7, problems: [] })
  })

  it('has no row and no gap from a change that came to nothing', async () => {
    const { accountId } = actor
    const failing = transact(async (tx) => {
      await recordAudit(tx, actor, { action: 'range.added', subject: { type: 'range', id: 'r', name: 'x' } })
      throw new Error('It came to nothing.')
    })
    await expect(failing).rejects.toThrow('It came to nothing.')
    await addRange(actor, newRange('192.0.2.101'), NOTHING_ASKED)
    expect(await verifyAudit(actor)).toMatchObject({ rows: 9, problems: [] })
    expect(await database().auditEvent.count({ where: { accountId } })).toBe(9)
  })

  it('keeps text that a database would change as it will come back', async () => {
    const name = 'half \ud800 a pair, a \0, and 日本 “quotes” \u2028'
    await transact((tx) =>
      recordAudit(
        tx,
        { ...actor, name },
        {
          action: 'range.added',
          subject: { type: 'range', id: 'r', name },
          after: { description: name },
        },
      ),
    )
    expect(await problems()).toEqual([])
  })
})
