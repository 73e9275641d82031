import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answering, newRange, plantRanges, someAdmin, someColleague } from '@/scripts/testing/allowlists'
import { openTestDatabase, TEST_DATABASES } from '@/scripts/testing/databases'
import { type Actor, NotPermitted } from '../core/permissions'
import { formatRange } from '../core/range'
import { transact } from './database'
import { readEnabledRanges } from './every-range'
import { importRanges } from './range-import'

describe.each(TEST_DATABASES)('the enabled ranges on %s', (kind) => {
  let close: () => Promise<void>
  beforeAll(async () => {
    close = await openTestDatabase(kind)
  })
  afterAll(() => close())

  async function pages(actor: Actor): Promise<string[][]> {
    const found: string[][] = []
    for await (const page of readEnabledRanges(actor)) found.push(page.map(formatRange))
    return found
  }

  it('come in the order of their addresses, page by page, without the disabled ones', async () => {
    const ada = await someAdmin()
    expect(await pages(ada)).toEqual([])
    // The border of a page falls between ranges that begin with the same address.
    const single = Array.from({ length: 999 }, (_, at) => newRange(`10.0.${at >> 8}.${at & 255}`))
    await importRanges(ada, single, answering())
    const [id = ''] = await plantRanges(ada, newRange('192.0.2.1'))
    await transact((tx) => tx.range.update({ where: { id }, data: { enabled: false } }))
    const past = new Date(Date.now() - 1_000)
    await plantRanges(
      ada,
      newRange('198.51.100.0/24', { expiresAt: past }),
      newRange('198.51.100.0/25'),
      newRange('198.51.100.0'),
      newRange('2001:db8::/32'),
    )
    const [first = [], second, ...more] = await pages(ada)
    expect(more).toEqual([])
    expect(first).toHaveLength(1_000)
    expect(new Set(first).size).toBe(1_000)
    expect(first.at(-1)).toBe('198.51.100.0')
    expect(second).toEqual(['198.51.100.0/25', '198.51.100.0/24', '2001:db8::/32'])
  })

  it('are for who may see the list, and of the own account', async () => {
    const ada = await someAdmin()
    await plantRanges(ada, newRange('192.0.2.1'))
    const ben = await someColleague(ada, { managesAgents: true })
    await expect(pages(ben)).rejects.toThrow(NotPermitted)
    expect(await pages(await someAdmin())).toEqual([])
    expect(await pages(ada)).toEqual([['192.0.2.1']])
  })
})
