import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseAuditFilter } from '@/lib/core/audit-listing'
import { LOG_ROWS_PER_PAGE } from '@/lib/core/log-page'
import { type Actor, NotPermitted } from '@/lib/core/permissions'
import { Prisma } from '@/prisma/generated/sqlite/client/client'
import { address, newRange, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { planOf } from '@/scripts/testing/plans'
import { addRange } from './allowlist-ranges'
import { recordAudit } from './audit'
import { type AuditLine, listAudit, readAudit, selectAudit } from './audit-log'
import { database, transact } from './database'
import { recordLogExport } from './log-exports'

const NOTHING_ASKED = { consents: [], undeclaredProxy: null, provenAt: new Date() }

describe.each(TEST_DATABASES)('the Audit Log on %s', (kind) => {
  let close: () => Promise<void>
  let ada: Actor & { agentId: string }
  let ben: Actor & { agentId: string; email: string }
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())
  beforeEach(async () => {
    ada = await someAdmin()
    ben = await someColleague(ada, {}, 'Ben_1')
    await addRange(ada, newRange('203.0.113.0/24'), NOTHING_ASKED)
  })

  const filter = (query: Record<string, string> = {}) => {
    const parsed = parseAuditFilter(query)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    return parsed.filter
  }
  const list = async (query: Record<string, string> = {}) =>
    (await listAudit(ada, filter(query), {})).rows.map(({ sequence }) => sequence)
  const write = (actor: Actor, name: string) =>
    transact((tx) =>
      recordAudit(tx, actor, { action: 'range.deleted', subject: { type: 'range', id: 'r', name } }),
    )

  it('needs the permission, in each of its functions', async () => {
    await expect(listAudit(ben, filter(), {})).rejects.toThrow(NotPermitted)
    await expect(readAudit(ben, filter())[Symbol.asyncIterator]().next()).rejects.toThrow(NotPermitted)
    const taken = { log: 'Audit Log', format: 'CSV', filter: {} } as const
    await expect(recordLogExport(ben, taken)).rejects.toThrow(NotPermitted)
    expect(await list()).toEqual([4, 3, 2, 1])
  })

  it('shows the latest first, with state, place and number', async () => {
    const { rows } = await listAudit(ada, filter(), {})
    expect(rows[0]).toMatchObject({
      ...{ sequence: 4, action: 'range.added', actorName: 'Ada', via: 'web', subjectName: '203.0.113.0/24' },
      ...{ address: address('198.51.100.7'), before: null },
    })
    expect(JSON.parse(rows[0]?.after ?? '')).toMatchObject({ origin: 'MANUAL' })
  })

  it('shows no other account anything', async () => {
    const eve = await someAdmin()
    expect((await listAudit(eve, filter(), {})).rows.map(({ actorName }) => actorName)).toEqual([
      'Operator',
      'Operator',
    ])
    expect((await listAudit(eve, filter({ person: 'ada' }), {})).rows).toEqual([])
    expect((await listAudit(eve, filter({ action: 'range' }), {})).rows).toEqual([])
  })

  it('filters by who did it, change and time, alone and together', async () => {
    await write({ ...ben, name: 'Benjamin Über, as he was called then' }, 'x')
    const today = new Date().toISOString().slice(0, 10)
    const cases: [Record<string, string>, number[]][] = [
      [{ person: 'ada' }, [4]],
      [{ person: 'benjamin' }, [5]],
      [{ person: 'Über' }, [5]],
      [{ person: 'ben_1' }, [5]],
      [{ person: 'b_n' }, []],
      [{ person: ben.email }, [5]],
      [{ person: 'operator' }, [3, 2, 1]],
      [{ person: 'nobody' }, []],
      [{ action: 'range' }, [5, 4]],
      [{ action: 'range.added' }, [4]],
      [{ action: 'agent' }, [3, 2]],
      [{ from: today }, [5, 4, 3, 2, 1]],
      [{ to: '2020-01-01' }, []],
      [{ from: '2999-01-01' }, []],
      [{ person: 'ada', action: 'range', from: today, to: today }, [4]],
      [{ person: 'ada', action: 'agent' }, []],
    ]
    for (const [query, found] of cases) expect([query, await list(query)]).toEqual([query, found])
  })

  it('filters by what very many people have in their e-mail addresses, too', async () => {
    const { accountId } = ada
    await transact((tx) =>
      tx.agent.createMany({
        data: Array.from({ length: 21 }, (_, at) => ({
          ...{
            accountId,
            name: `Somebody ${at}`,
            passwordHash: '',
            email: `crowd${at}@${accountId}.example`,
          },
        })),
      }),
    )
    const crowd = await database().agent.findMany({ where: { accountId, email: { startsWith: 'crowd' } } })
    for (const [at, { id }] of crowd.entries())
      await write({ ...ada, agentId: id, name: `Somebody ${at}` }, 'x')
    expect(await list({ person: `@${accountId}.example` })).toHaveLength(21)
  })

  it('finds a change that is rare, or all of a noun, by an index: years of other changes are not read', async () => {
    for (const action of ['account.created', 'account']) {
      const select = selectAudit(ada.accountId, filter({ action }))
      const latestFirst = Prisma.sql`e."at" DESC, e."id" DESC`
      const lines = await planOf(select(Prisma.sql`1 = 1`, latestFirst, LOG_ROWS_PER_PAGE))
      expect(lines).toContain('AuditEvent_accountId_action_at_idx')
      expect(lines).not.toContain('AuditEvent_accountId_at_idx')
    }
  })

  it('is paged and exported without losing or repeating a row', async () => {
    for (let at = 0; at < LOG_ROWS_PER_PAGE + 5; at++) await write(ada, String(at))
    const first = await listAudit(ada, filter({ action: 'range' }), {})
    const second = await listAudit(ada, filter({ action: 'range' }), { older: first.older ?? undefined })
    expect([first.newer, second.older]).toEqual([null, null])
    const all = [...first.rows, ...second.rows]
    expect(all.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: LOG_ROWS_PER_PAGE + 6 }, (_, at) => LOG_ROWS_PER_PAGE + 9 - at),
    )
    const exported: AuditLine[] = []
    for await (const rows of readAudit(ada, filter({ action: 'range' }))) exported.push(...rows)
    expect(exported).toEqual(all)
  })

  it('has a row for who takes a log along, and what of it', async () => {
    await recordLogExport(ada, { log: 'Sign-in Log', format: 'CSV', filter: { person: 'ben' } })
    const [row] = (await listAudit(ada, filter(), {})).rows
    expect(row).toMatchObject({ action: 'log.exported', subjectName: 'Sign-in Log', actorName: 'Ada' })
    expect(JSON.parse(row?.after ?? '')).toEqual({ format: 'CSV', person: 'ben' })
  })
})
