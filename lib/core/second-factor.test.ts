import { describe, expect, it } from 'vitest'
import { formatRecoveryCode, readAnswer, relyingPartyOf } from './second-factor'

describe('an answer', () => {
  it.each([
    ['six digits', '123456', { kind: 'totp', code: '123456' }],
    ['digits in two groups', ' 123 456 ', { kind: 'totp', code: '123456' }],
    ['leading zeros', '000001', { kind: 'totp', code: '000001' }],
    ['a recovery code', 'abcd-efgh-jkmn', { kind: 'recovery', code: 'abcdefghjkmn' }],
    ['a recovery code as it was read aloud', 'ABCD EFGH jkmn', { kind: 'recovery', code: 'abcdefghjkmn' }],
  ])('%s is read', (_claim, text, answer) => {
    expect(readAnswer(text)).toEqual(answer)
  })

  it.each([
    ['nothing', ''],
    ['five digits', '12345'],
    ['seven digits', '1234567'],
    ['digits of another script', '１２３４５６'],
    ['a sign', '-12345 6+'],
    ['too short a recovery code', 'abcd-efgh-jkm'],
    ['too long a recovery code', 'abcd-efgh-jkmn-p'],
    ['letters that no recovery code has', 'abcd-efgh-ilo0'],
  ])('%s is none', (_claim, text) => {
    expect(readAnswer(text)).toBeNull()
  })
})

describe('a recovery code', () => {
  it('is made of bytes without bias: those past the last whole alphabet are left out', () => {
    const bytes = Uint8Array.from([255, 248, ...Array.from({ length: 12 }, (_, at) => at)])
    expect(formatRecoveryCode(bytes)).toBe('abcd-efgh-jkmn')
    expect(readAnswer('abcd-efgh-jkmn')?.kind).toBe('recovery')
  })

  it('is none when too many bytes were left out', () => {
    expect(formatRecoveryCode(new Uint8Array(11))).toBeNull()
  })
})

describe('the relying party', () => {
  it.each([
    [
      'https://gatehouse.example.com',
      { id: 'gatehouse.example.com', origin: 'https://gatehouse.example.com' },
    ],
    [
      'https://gatehouse.example.com:8443',
      { id: 'gatehouse.example.com', origin: 'https://gatehouse.example.com:8443' },
    ],
    ['http://localhost:3000', { id: 'localhost', origin: 'http://localhost:3000' }],
  ])('of %s is its name and origin', (url, party) => {
    expect(relyingPartyOf(url)).toEqual(party)
  })

  it.each([
    'http://gatehouse.example.com',
    'http://127.0.0.1:3000',
    'https://203.0.113.7',
    'https://[2001:db8::1]',
  ])('is none at %s, where browsers have no passkeys', (url) => {
    expect(relyingPartyOf(url)).toBeNull()
  })
})
