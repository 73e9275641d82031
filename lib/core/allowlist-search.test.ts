import { describe, expect, it } from 'vitest'
import { formatRangeQuery, parseRangeQuery, searchedRange } from './allowlist-search'
import { formatRange } from './range'

describe('the address bar of the list', () => {
  it.each([
    [{}, { search: '', mark: null, sort: 'added', descending: true, page: 1 }],
    [{ q: ' office ' }, { search: 'office' }],
    [{ q: ['a', 'b'] }, { search: '' }],
    [{ q: 'a\u0000b' }, { search: 'a b' }],
    [{ sort: 'start' }, { sort: 'start', descending: false }],
    [
      { sort: 'start', order: 'desc' },
      { sort: 'start', descending: true },
    ],
    [
      { sort: 'added', order: 'asc' },
      { sort: 'added', descending: false },
    ],
    [{ sort: 'passwordHash' }, { sort: 'added', descending: true }],
    [{ show: 'unused' }, { mark: 'unused' }],
    [{ show: 'everything' }, { mark: null }],
    [{ show: ['unused', 'covered'] }, { mark: null }],
    [{ page: '7' }, { page: 7 }],
    [{ page: '0' }, { page: 1 }],
    [{ page: '-1' }, { page: 1 }],
    [{ page: '9999999' }, { page: 1 }],
    [{ page: '1e3' }, { page: 1 }],
  ])('reads %j', (given, query) => {
    expect(parseRangeQuery(given)).toMatchObject(query)
  })

  it('cuts a search that is too long', () => {
    expect(parseRangeQuery({ q: 'x'.repeat(5_000) }).search).toHaveLength(200)
  })

  it.each([
    '',
    '?q=a%26b',
    '?sort=start',
    '?sort=start&order=desc',
    '?sort=added',
    '?show=covered',
    '?q=x&show=unused&sort=end&page=3',
  ])('writes "%s" as it reads it', (text) => {
    const given = Object.fromEntries(new URLSearchParams(text))
    expect(formatRangeQuery(parseRangeQuery(given))).toBe(text)
  })
})

describe('the addresses a search means', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['203.0.113.0/24', '203.0.113.0/24'],
    ['192.0.2.1 - 192.0.2.9', '192.0.2.1 - 192.0.2.9'],
    ['2001:db8::1', '2001:db8::1'],
    ['203.0.113.', '203.0.113.0/24'],
    ['203.0', '203.0.0.0/16'],
    ['203.', '203.0.0.0/8'],
    ['2001:db8', '2001:db8::/32'],
    ['2001:DB8:1:', '2001:db8:1::/48'],
    ['2001:db8:0:0:0:0:0', '2001:db8::/112'],
  ])('%s: %s', (search, text) => {
    const range = searchedRange(search)
    expect(range && formatRange(range)).toBe(text)
  })

  it.each([
    '',
    'office',
    '203',
    '300.',
    '203.0.113.7.',
    '1.2.3.4.5',
    'v1.2',
    '.',
    ':',
    'a:g',
    'note: x',
    '1:2:3:4:5:6:7:8:9',
  ])('none in "%s"', (search) => {
    expect(searchedRange(search)).toBeNull()
  })
})
