import { describe, expect, it } from 'vitest'
import { type Address, parseAddress } from './address'
import { decide, SURFACES, type Surface } from './allowlist'
import { compileLookup, type LookupEntry } from './lookup'

const NOW = 1_000
const INSIDE = parseAddress('198.51.100.7') as Address
const OUTSIDE = parseAddress('203.0.113.9') as Address

const office: LookupEntry = {
  id: 'office',
  start: parseAddress('198.51.100.0') as Address,
  end: parseAddress('198.51.100.255') as Address,
  enabled: true,
  expiresAtMs: null,
  createdAtMs: 1,
}
const LISTS = {
  empty: [],
  office: [office],
  disabled: [{ ...office, enabled: false }],
  expired: [{ ...office, expiresAtMs: NOW }],
  expiring: [{ ...office, expiresAtMs: NOW + 1 }],
}

function verdict(
  list: keyof typeof LISTS,
  surface: Surface,
  address: Address | null,
  { enabled = true, mobileEnforced = true } = {},
) {
  const allowlist = { enabled, mobileEnforced, ranges: compileLookup(LISTS[list]) }
  return decide({ allowlist, surface, address, nowMs: NOW })
}

describe.each(SURFACES)('the decision on %s', (surface) => {
  it('admits everybody, also an unknown address, while the allowlist is off', () => {
    for (const address of [INSIDE, OUTSIDE, null]) {
      for (const list of ['empty', 'office', 'expired'] as const) {
        expect(verdict(list, surface, address, { enabled: false })).toEqual({
          admit: true,
          because: 'allowlist-off',
        })
      }
    }
  })

  it('admits everybody, also an unknown address, while the list has no range at all', () => {
    for (const address of [INSIDE, OUTSIDE, null]) {
      expect(verdict('empty', surface, address)).toEqual({ admit: true, because: 'list-empty' })
    }
  })

  it('refuses an unknown address', () => {
    for (const list of ['office', 'disabled', 'expired'] as const) {
      expect(verdict(list, surface, null)).toEqual({ admit: false, because: 'address-unknown' })
    }
  })

  it('admits an address in a range that is enabled and not expired, and names the range', () => {
    for (const list of ['office', 'expiring'] as const) {
      expect(verdict(list, surface, INSIDE)).toEqual({ admit: true, because: 'listed', rangeId: 'office' })
    }
  })

  it('refuses any other address', () => {
    expect(verdict('office', surface, OUTSIDE)).toEqual({ admit: false, because: 'not-listed' })
  })

  it('does not fall open when every range is disabled or expired', () => {
    for (const list of ['disabled', 'expired'] as const) {
      expect(verdict(list, surface, INSIDE)).toEqual({ admit: false, because: 'not-listed' })
    }
  })
})

describe('the mobile switch', () => {
  const off = { mobileEnforced: false }

  it('off admits every mobile sign-in, from anywhere', () => {
    for (const address of [INSIDE, OUTSIDE, null]) {
      for (const list of ['empty', 'office', 'disabled'] as const) {
        expect(verdict(list, 'MOBILE', address, off)).toEqual({ admit: true, because: 'mobile-not-enforced' })
      }
    }
  })

  it.each(['CONTROL_PANEL', 'AGENT_CONSOLE', 'API'] as const)('off changes nothing on %s', (surface) => {
    expect(verdict('office', surface, OUTSIDE, off)).toEqual({ admit: false, because: 'not-listed' })
    expect(verdict('office', surface, null, off)).toEqual({ admit: false, because: 'address-unknown' })
  })
})

it('knows four surfaces', () => {
  expect(SURFACES).toEqual(['CONTROL_PANEL', 'AGENT_CONSOLE', 'MOBILE', 'API'])
})
