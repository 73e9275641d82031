import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newRange, plantRanges, range, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { parseRangeQuery } from '../core/allowlist-search'
import { type Actor, NotPermitted } from '../core/permissions'
import { listRanges } from './allowlist-list'
import { database, transact } from './database'

describe.each(TEST_DATABASES)('the list of ranges on %s', (kind) => {
  let close: () => Promise<void>
  let ada: Actor
  beforeAll(async () => {
    close = await openTestDatabase(kind)
    ada = await someAdmin()
    await plantRanges(
      ada,
      newRange('203.0.113.0/24', { description: 'Office Zürich' }),
      newRange('203.0.113.7', { description: 'Desk_1' }),
      newRange('2001:db8::/32', { description: '100% remote' }),
      newRange('192.0.2.1 - 192.0.2.9', { description: '' }),
      newRange('192.0.2.5', { description: 'old', expiresAt: new Date(0) }),
    )
    await plantRanges(await someAdmin(), newRange('203.0.113.7', { description: 'Office of others' }))
  })
  afterAll(() => close())

  async function list(given: Record<string, string>, actor = ada) {
    const all = await database().range.count({ where: { accountId: actor.accountId } })
    return listRanges(actor, parseRangeQuery(given), all)
  }
  const names = async (given: Record<string, string>) =>
    (await list(given)).ranges.map((row) => row.description)

  it.each([
    ['a word, whatever its case', 'office', ['Office Zürich']],
    ['letters outside of ASCII', 'Zürich', ['Office Zürich']],
    ['a percent sign as itself', '0%', ['100% remote']],
    ['an underscore as itself', 'k_1', ['Desk_1']],
    ['an address: the ranges that hold it', '203.0.113.7', ['Desk_1', 'Office Zürich']],
    ['an address within a range', '192.0.2.8', ['']],
    ['an IPv6 address', '2001:db8::99', ['100% remote']],
    ['a block: the ranges that overlap it', '192.0.2.4/30', ['old', '']],
    ['the beginning of an address', '203.0.113.', ['Desk_1', 'Office Zürich']],
    ['an address that nothing holds', '198.51.100.7', []],
    ['what SQL would take apart', "' OR 1=1 --", []],
  ])('finds %s', async (_name, q, found) => {
    expect(await names({ q, sort: 'added', order: 'desc' })).toEqual(found)
  })

  it.each([
    [{ sort: 'start' }, ['', 'old', 'Office Zürich', 'Desk_1', '100% remote']],
    [{ sort: 'start', order: 'desc' }, ['100% remote', 'Desk_1', 'Office Zürich', 'old', '']],
    [{ sort: 'end' }, ['old', '', 'Desk_1', 'Office Zürich', '100% remote']],
    [{ sort: 'description' }, ['100% remote', 'Desk_1', 'Office Zürich', 'old', '']],
    [{}, ['old', '', '100% remote', 'Desk_1', 'Office Zürich']],
    [{ sort: 'nonsense' }, ['old', '', '100% remote', 'Desk_1', 'Office Zürich']],
  ])('sorts by %j', async (given, sorted) => {
    expect(await names(given as Record<string, string>)).toEqual(sorted)
  })

  it('says what a range lies within, and which have ended', async () => {
    const { ranges } = await list({ sort: 'start' })
    expect(ranges.map((row) => [row.status, row.coveredBy])).toEqual([
      ['active', null],
      ['expired', '192.0.2.1 - 192.0.2.9'],
      ['active', null],
      ['active', 'Office Zürich'],
      ['active', null],
    ])
  })

  it('pages on the server, 25 at a time, and answers a page past the end with the last', async () => {
    const many = await someAdmin()
    await transact((tx) =>
      tx.range.createMany({
        data: Array.from({ length: 60 }, (_, at) => ({
          ...range(`192.0.2.${at}`),
          ...{ accountId: many.accountId, addedByName: 'Ada', origin: 'MANUAL', description: `Desk ${at}` },
        })) as never,
      }),
    )
    const page = (number: string) => list({ sort: 'start', page: number }, many)
    expect((await page('1')).ranges.map((row) => row.description)).toEqual(
      Array.from({ length: 25 }, (_, at) => `Desk ${at}`),
    )
    expect((await page('3')).ranges).toHaveLength(10)
    expect(await page('99')).toMatchObject({ page: 3, total: 60 })
    expect(await list({ q: 'desk 5', page: '2' }, many)).toMatchObject({ page: 1, total: 11 })
  })

  it('shows nothing to somebody without Manage Security', async () => {
    const plain = await someColleague(ada, { managesAgents: true })
    await expect(list({}, plain)).rejects.toThrow(NotPermitted)
  })
})
