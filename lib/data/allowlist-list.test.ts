import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  answering,
  newRange,
  plantRanges,
  range,
  someAdmin,
  someColleague,
} from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { plantSignIns } from '@/scripts/testing/log'
import { parseRangeQuery } from '../core/allowlist-search'
import { type Actor, NotPermitted } from '../core/permissions'
import { listRanges } from './allowlist-list'
import { addRange } from './allowlist-ranges'
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

  it('names the nearest of several that a range lies within', async () => {
    const bob = await someAdmin()
    const around = ['203.0.0.0/16', '203.0.112.0/23', '203.0.113.0/24', '203.0.113.0/25']
    await plantRanges(bob, ...around.map((text) => newRange(text, { description: text })))
    await plantRanges(bob, newRange('203.0.113.200'), newRange('203.0.113.7', { description: 'last' }))
    const { ranges } = await list({ q: 'last' }, bob)
    expect(ranges.map((row) => row.coveredBy)).toEqual(['203.0.113.0/24'])
    const added = await addRange(bob, newRange('203.0.113.8'), answering())
    expect(added).toMatchObject({ coveredBy: '203.0.113.0/24' })
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

  describe('marks', () => {
    const DAY_MS = 24 * 60 * 60 * 1000
    const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)
    let eve: Actor
    beforeAll(async () => {
      eve = await someAdmin()
      await plantRanges(
        eve,
        newRange('192.0.2.0/24', { description: 'Wide' }),
        newRange('192.0.2.7', { description: 'Within' }),
        newRange('198.51.100.0/24', { description: 'Ending', expiresAt: inDays(6.9) }),
        newRange('198.51.100.7', { description: 'Within what ends', expiresAt: inDays(7.1) }),
        newRange('203.0.113.0/24', { description: 'Over', expiresAt: inDays(-1) }),
        newRange('203.0.113.7', { description: 'Within what is over' }),
        newRange('2001:db8::/32', { description: 'Off' }),
        newRange('2001:db8::7', { description: 'Within what is off' }),
      )
      const set = (description: string, data: object) =>
        transact((tx) => tx.range.updateMany({ where: { accountId: eve.accountId, description }, data }))
      await set('Wide', { createdAt: inDays(-200), lastMatchedAt: inDays(-89.9) })
      await set('Within', { createdAt: inDays(-200), lastMatchedAt: inDays(-90.1) })
      await set('Within what ends', { createdAt: inDays(-90.1) })
      await set('Over', { createdAt: inDays(-200) })
      await set('Off', { enabled: false, createdAt: inDays(-200) })
    })
    const shown = async (given: Record<string, string>) =>
      (await list({ ...given, sort: 'start' }, eve)).ranges.map((row) => row.description)

    it.each([
      ['unused', ['Within', 'Within what ends']],
      ['expiring', ['Ending']],
      ['covered', ['Within', 'Within what ends']],
      ['disabled', ['Off']],
    ])('%s', async (show, expected) => {
      expect(await shown({ show })).toEqual(expected)
      expect(await list({ show }, eve)).toMatchObject({ total: expected.length })
    })

    it('are told of each range, and narrow a search', async () => {
      expect(await shown({ show: 'covered', q: 'ends' })).toEqual(['Within what ends'])
      const { ranges } = await list({ sort: 'start' }, eve)
      const told = (mark: 'isUnused' | 'isExpiring') =>
        ranges.filter((row) => row[mark]).map((row) => row.description)
      expect(told('isUnused')).toEqual(['Within', 'Within what ends'])
      expect(told('isExpiring')).toEqual(['Ending'])
      expect(ranges.filter((row) => row.coveredBy).map((row) => row.coveredBy)).toEqual(['Wide', 'Ending'])
    })

    it('finds what is covered as a comparison of every pair does', async () => {
      const many = await someAdmin()
      const at = (n: number) => `192.0.2.${n}`
      const pairs = Array.from(
        { length: 60 },
        (_, n) => [(n * 37) % 97, ((n * 37) % 97) + ((n * 13) % 29)] as const,
      )
      const distinct = [...new Map(pairs.map((pair) => [pair.join(), pair])).values()]
      await plantRanges(
        many,
        ...distinct.map(([from, to], n) =>
          newRange(from === to ? at(from) : `${at(from)} - ${at(to)}`, {
            description: `${n}`,
            expiresAt: n % 5 === 0 ? new Date(0) : null,
          }),
        ),
      )
      const covered = distinct.flatMap(([from, to], n) =>
        distinct.some(([first, last], other) => other !== n && other % 5 !== 0 && first <= from && to <= last)
          ? [`${n}`]
          : [],
      )
      const found: string[] = []
      for (const page of ['1', '2', '3'])
        found.push(...(await list({ show: 'covered', page }, many)).ranges.map((row) => row.description))
      expect([...new Set(found)].sort()).toEqual(covered.sort())
      expect(covered.length).toBeGreaterThan(10)
    })
  })

  it('counts how often each range let somebody in during 30 days', async () => {
    const eve = await someAdmin()
    const [often, once, never] = await plantRanges(
      eve,
      newRange('192.0.2.1'),
      newRange('192.0.2.2'),
      newRange('192.0.2.3'),
    )
    await plantSignIns(
      eve,
      ...[1, 2, 30 * 24 - 1, 30 * 24 + 1].map((hoursAgo) => ({
        at: '192.0.2.1',
        hoursAgo,
        rangeId: often as string,
      })),
      { at: '192.0.2.2', rangeId: once as string },
    )
    const { ranges } = await list({ sort: 'start' }, eve)
    expect(ranges.map(({ id, times }) => [id, times])).toEqual([
      [often, 3],
      [once, 1],
      [never, 0],
    ])
  })

  it('shows nothing to somebody without Manage Security', async () => {
    const plain = await someColleague(ada, { managesAgents: true })
    await expect(list({}, plain)).rejects.toThrow(NotPermitted)
  })
})
