import { describe, expect, it } from 'vitest'
import {
  type Address,
  addressFromBigInt,
  bitsOf,
  familyOf,
  formatAddress,
  isStoredAddress,
  networkOf,
  parseAddress,
  toBigInt,
} from './address'

/** text, stored form, shown form */
const ADDRESSES = [
  ['0.0.0.0', '400000000', '0.0.0.0'],
  ['198.51.100.7', '4c6336407', '198.51.100.7'],
  ['255.255.255.255', '4ffffffff', '255.255.255.255'],
  ['1.20.9.90', '40114095a', '1.20.9.90'],
  ['1.2.3.4', '401020304', '1.2.3.4'],
  ['199.209.19.239', '4c7d113ef', '199.209.19.239'],
  ['::', '600000000000000000000000000000000', '::'],
  ['::1', '600000000000000000000000000000001', '::1'],
  ['1::', '600010000000000000000000000000000', '1::'],
  ['2001:DB8::aF09', '620010db800000000000000000000af09', '2001:db8::af09'],
  ['2001:db8:0:0:1:0:0:1', '620010db8000000000001000000000001', '2001:db8::1:0:0:1'],
  ['2001:0:0:1:0:0:0:1', '620010000000000010000000000000001', '2001:0:0:1::1'],
  ['2001:db8:0:1:1:1:1:1', '620010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
  ['2001:db8::1:1:1:1:1', '620010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
  ['1:2:3:4:5:6:7:8', '600010002000300040005000600070008', '1:2:3:4:5:6:7:8'],
  ['::2:3:4:5:6:7:8', '600000002000300040005000600070008', '0:2:3:4:5:6:7:8'],
  ['1:2:3:4:5:6:7::', '600010002000300040005000600070000', '1:2:3:4:5:6:7:0'],
  ['fe80:0000:0000:0000:0000:0000:0000:0009', '6fe800000000000000000000000000009', 'fe80::9'],
  ['1:2:3:4:5:6:192.0.2.1', '6000100020003000400050006c0000201', '1:2:3:4:5:6:c000:201'],
  ['1::192.0.2.1', '6000100000000000000000000c0000201', '1::c000:201'],
  ['1:2::192.0.2.1', '6000100020000000000000000c0000201', '1:2::c000:201'],
  ['::1.2.3.4', '600000000000000000000000001020304', '::102:304'],
  ['::0.0.0.0', '600000000000000000000000000000000', '::'],
  ['::192.0.2.1', '6000000000000000000000000c0000201', '::c000:201'],
  ['64:ff9b::192.0.2.1', '60064ff9b0000000000000000c0000201', '64:ff9b::c000:201'],
  ['::ffff:192.0.2.1', '4c0000201', '192.0.2.1'],
  ['::FFFF:c000:201', '4c0000201', '192.0.2.1'],
  ['0:0:0:0:0:ffff:c000:0201', '4c0000201', '192.0.2.1'],
  ['0::ffff:0:0', '400000000', '0.0.0.0'],
  ['::ffff:0:192.0.2.1', '60000000000000000ffff0000c0000201', '::ffff:0:c000:201'],
  ['::1:ffff:192.0.2.1', '600000000000000000001ffffc0000201', '::1:ffff:c000:201'],
  ['1::ffff:192.0.2.1', '600010000000000000000ffffc0000201', '1::ffff:c000:201'],
  ['0:0:0:1:0:ffff:192.0.2.1', '600000000000000010000ffffc0000201', '::1:0:ffff:c000:201'],
  ['ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255', `6${'f'.repeat(32)}`, Array(8).fill('ffff').join(':')],
] as const

const NOT_ADDRESSES = [
  ...[
    // Digits and their neighbours where a dot should be.
    '1111111.1.1',
    '1.1111111.1',
    '1.1.1111111',
    '255/255.1.1',
    '1.255/255.1',
    '1.1.255/255',
    '1.2.3/4',
    '1/2.3.4',
    // Letters that look like digits in their lowest seven bits.
    '::\u0131',
    '::\u0131\u0131\u0131\u0131',
    '\u0131.2.3.4',
    '',
    ' ',
    '1',
    '.',
    '..',
    '...',
    '1.2',
    '1.2.3',
    '1.2.3.',
    '.1.2.3',
    '1..2.3',
    '1.2.3.4.',
    '1.2.3.4.5',
    '.1.2.3.4',
  ],
  ...[
    '256.0.0.1',
    '300.1.1.1',
    '1.2.3.256',
    '1.2.3.1000',
    '4294967296.1.1.1',
    '-1.2.3.4',
    '+1.2.3.4',
    '1.2.3.-4',
  ],
  ...[
    '010.0.0.1',
    '1.2.3.04',
    '00.0.0.0',
    '0.0.0.00',
    '0x7f.0.0.1',
    '0x7f000001',
    '2130706433',
    '127.1',
    '1e1.0.0.0',
  ],
  ...[
    ' 1.2.3.4',
    '1.2.3.4 ',
    '1.2.3.4\n',
    '1.2.3. 4',
    '1.2.3.4\0',
    '\u00a01.2.3.4',
    '１.2.3.4',
    '١.2.3.4',
    '1。2.3.4',
    '1.2.3.4/32',
  ],
  ...['[1.2.3.4]', '1.2.3.4:80', '1.2.3.a', '1,2,3,4', 'localhost', '1.2.3.4%eth0'],
  ...[
    ':',
    ':::',
    '1',
    '1:',
    ':1',
    '1:2',
    ':1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7:8:',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
  ],
  ...[
    '1::2::3',
    '::1::',
    ':::1',
    '1:::2',
    '::1:',
    ':1::',
    '1:2:3:4::5:6:7:8',
    '::1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7:8::',
    '::1:2:3:4:5:6:7:8:9',
    '1::2:3:4:5:6:7:8:9',
    '1::2:3:4:5:6:7:1.2.3.4',
    '::2:3:4:5:6:7:1.2.3.4',
  ],
  ...[
    '12345::',
    '::00001',
    '::g',
    '::-1',
    '::1 ',
    ' ::1',
    '::1\0',
    '::１',
    '::1%eth0',
    'fe80::1%25',
    '[::1]',
    '[::1]:80',
    '::1/128',
    '::/0',
  ],
  ...[
    '::1.2.3',
    '::1.2.3.4.5',
    '::256.1.1.1',
    '::01.2.3.4',
    '::ffff:010.0.0.1',
    '::ffff:1.2.3.4:5',
    '1.2.3.4::',
    '::1.2.3.4:1',
  ],
  ...[
    '1:2:3:4:5:6:7:1.2.3.4',
    '1:2:3:4:5:1.2.3.4',
    '1:2:3:4:5:6:7:8:1.2.3.4',
    '::f.2.3.4',
    '1:2.3.4.5',
    '1.2.3.4:',
    ':1.2.3.4',
    '::.1.2.3',
    '::1.',
  ],
  ...['\ud800', '::\udfff', '::ı', '::ｆ', 'G::', '@::', '`::', '/::', ';::', '1;2::'],
]

describe('parseAddress', () => {
  it.each(ADDRESSES)('reads %s as %s', (text, stored, shown) => {
    const address = parseAddress(text)
    expect(address).toBe(stored)
    expect(formatAddress(address as Address)).toBe(shown)
    expect(parseAddress(shown)).toBe(stored)
    expect(isStoredAddress(stored)).toBe(true)
  })

  it.each(NOT_ADDRESSES)('refuses %j', (text) => {
    expect(parseAddress(text)).toBeNull()
  })

  it('refuses a long text without reading it', () => {
    const text = 'f'.repeat(10_000_000)
    const begin = performance.now()
    for (let time = 0; time < 300; time++) expect(parseAddress(text)).toBeNull()
    expect(performance.now() - begin).toBeLessThan(1_000)
  })

  it('does not remember the text before', () => {
    expect(parseAddress('ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff')).not.toBeNull()
    expect(parseAddress('::1')).toBe('600000000000000000000000000000001')
    expect(parseAddress('1::')).toBe('600010000000000000000000000000000')
  })
})

describe('an address as a number', () => {
  it.each([
    ['0.0.0.0', 4, 0n],
    ['255.255.255.255', 4, 0xffffffffn],
    ['198.51.100.7', 4, 0xc6336407n],
    ['::', 6, 0n],
    ['::1', 6, 1n],
    ['2001:db8::', 6, 0x20010db8n << 96n],
    ['ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 6, (1n << 128n) - 1n],
  ] as const)('%s is family %d, number %d, and back', (text, family, number) => {
    const address = parseAddress(text) as Address
    expect(familyOf(address)).toBe(family)
    expect(toBigInt(address)).toBe(number)
    expect(addressFromBigInt(family, number)).toBe(address)
  })

  it('of the IPv4-mapped block is the IPv4 address', () => {
    expect(addressFromBigInt(6, 0xffff_c000_0201n)).toBe('4c0000201')
    expect(addressFromBigInt(6, 0x1_ffff_c000_0201n)).toBe('600000000000000000001ffffc0000201')
  })

  it.each([
    [4, -1n],
    [4, 1n << 32n],
    [6, -1n],
    [6, 1n << 128n],
  ] as const)('IPv%d has no number %d', (family, number) => {
    expect(() => addressFromBigInt(family, number)).toThrow(`No IPv${family} address: ${number}`)
  })

  it('has 32 or 128 bits', () => {
    expect([bitsOf(4), bitsOf(6)]).toEqual([32, 128])
  })
})

describe('isStoredAddress', () => {
  it.each([
    '',
    '4',
    '40114095',
    '40114095a0',
    '50114095a',
    '40114095A',
    '40114095g',
    `6${'f'.repeat(31)}`,
    `6${'f'.repeat(33)}`,
    `4${'f'.repeat(32)}`,
    `6${'f'.repeat(8)}`,
    `6${'F'.repeat(32)}`,
    '600000000000000000000ffffc0000201',
    '6 0000000000000000000000000000001',
    '198.51.100.7',
    'x\n4c0000201',
    'x4c0000201',
    `x6${'f'.repeat(32)}`,
    '4c000020\n',
  ])('refuses %j', (text) => {
    expect(isStoredAddress(text)).toBe(false)
  })
})

describe('networkOf', () => {
  it('is the address itself for IPv4', () => {
    expect(networkOf('4c6336407' as Address)).toBe('4c6336407')
  })

  it('is the /64 for IPv6', () => {
    const network = networkOf(parseAddress('2001:db8:0:1::5') as Address)
    expect(network).toBe('620010db800000001')
    expect(networkOf(parseAddress('2001:db8:0:1:ffff:ffff:ffff:ffff') as Address)).toBe(network)
    expect(networkOf(parseAddress('2001:db8:0:2::5') as Address)).not.toBe(network)
  })
})
