import { describe, expect, it } from 'vitest'
import { formatAgentListing, parseAgentListing } from './agent-listing'

const DEFAULT = {
  search: '',
  status: null,
  role: null,
  factor: null,
  sort: 'name',
  descending: false,
  page: 1,
}

describe('parseAgentListing', () => {
  it.each([
    ['nothing asked is the first page by name', {}, {}],
    ['a search loses outer space', { q: '  ana ' }, { search: 'ana' }],
    ['control characters never reach the database', { q: 'a\u0000b' }, { search: 'a b' }],
    ['a long search is cut', { q: 'x'.repeat(500) }, { search: 'x'.repeat(100) }],
    ['a sort is taken', { sort: 'role' }, { sort: 'role' }],
    ['a minus turns the sort around', { sort: '-last-sign-in' }, { sort: 'last-sign-in', descending: true }],
    ['an unknown sort is ignored', { sort: '-passwordHash' }, {}],
    ['a page is taken', { page: '3' }, { page: 3 }],
    ['a status is taken', { status: 'invited' }, { status: 'invited' }],
    ['an unknown status is ignored', { status: 'Active' }, {}],
    ['a role is taken', { role: 'admin' }, { role: 'ADMIN' }],
    ['an unknown role is ignored', { role: 'owner' }, {}],
    ['a second factor is asked for', { factor: 'with' }, { factor: 'with' }],
    ['anything else about factors is ignored', { factor: 'totp' }, {}],
    ['page zero is ignored', { page: '0' }, {}],
    ['a page that is no number is ignored', { page: '1e3' }, {}],
    ['of a repeated parameter the first counts', { q: ['ana', 'ben'] }, { search: 'ana' }],
  ])('%s', (_claim, query, expected) => {
    expect(parseAgentListing(query)).toEqual({ ...DEFAULT, ...expected })
  })
})

it('formatAgentListing writes what parseAgentListing reads, and no defaults', () => {
  expect(formatAgentListing(parseAgentListing({}))).toBe('')
  const listing = {
    search: 'a&b',
    status: 'disabled',
    role: 'AGENT',
    factor: 'without',
    sort: 'status',
    descending: true,
    page: 2,
  } as const
  const query = Object.fromEntries(new URLSearchParams(formatAgentListing(listing)))
  expect(parseAgentListing(query)).toEqual(listing)
})
