import { expect, test } from 'vitest'
import { range } from '@/scripts/testing/allowlists'
import { holdEveryAddress } from './openness'

test.each([
  [4, ['0.0.0.0/0'], true],
  [4, ['128.0.0.0/1', '0.0.0.0/1'], true],
  [4, ['0.0.0.0/1', '64.0.0.0 - 200.0.0.0', '198.51.100.0 - 255.255.255.255'], true],
  [4, ['0.0.0.0 - 255.255.255.254'], false],
  [4, ['0.0.0.1 - 255.255.255.255'], false],
  [4, ['0.0.0.0 - 9.255.255.255', '10.0.0.1 - 255.255.255.255'], false],
  [4, [], false],
  [6, ['::/0'], true],
  [6, ['8000::/1', '::/1'], true],
  [6, ['::/1', '8000:: - ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe'], false],
  // Between these lies nothing but IPv4, spelled as IPv6.
  [6, [':: - ::fffe:ffff:ffff', '::1:0:0:0 - ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'], true],
  [6, [':: - ::fffe:ffff:fffe', '::1:0:0:0 - ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'], false],
  [6, [], false],
] as const)('IPv%s, ranges %j: %s', (family, entries, expected) => {
  expect(holdEveryAddress(family, entries.map(range))).toBe(expected)
})
