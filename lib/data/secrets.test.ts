import { describe, expect, test, vi } from 'vitest'

vi.stubEnv('AUTH_SECRET', 'a secret for tests, 32 characters at least')
const { codeOf, hashToken, isSameSecret, newToken, open, seal, sign } = await import('./secrets')

describe('tokens', () => {
  test('have 256 bits and differ', () => {
    const tokens = Array.from({ length: 100 }, newToken)
    expect(new Set(tokens).size).toBe(100)
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  })

  test('are stored as a hash that is not the token', () => {
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

describe('sealing', () => {
  test('gives the text back', () => expect(open(seal('Grüße, 世界'))).toBe('Grüße, 世界'))
  test('twice the same text looks different', () => expect(seal('x')).not.toBe(seal('x')))
  test('a changed byte is noticed', () => {
    const bytes = Buffer.from(seal('text'), 'base64')
    for (const at of [0, 12, bytes.length - 1]) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(open(changed.toString('base64'))).toBeNull()
    }
  })
  test.each(['', 'x', 'not base64 at all'])('%j opens to nothing', (text) => expect(open(text)).toBeNull())
})

test('a code is six digits, always the same for one pending sign-in, another for another', () => {
  const codes = Array.from({ length: 200 }, (_, at) => codeOf(`pending-${at}`))
  for (const code of codes) expect(code).toMatch(/^\d{6}$/)
  expect(codeOf('pending-0')).toBe(codes[0])
  expect(new Set(codes).size).toBeGreaterThan(190)
})

test('each purpose signs with a key of its own', () =>
  expect(sign('mobile-access', 'x')).not.toBe(sign('mobile-refresh', 'x')))

test('secrets of any length compare', () => {
  expect(isSameSecret('abc', 'abc')).toBe(true)
  expect(isSameSecret('abc', 'abd')).toBe(false)
  expect(isSameSecret('abc', 'abcd')).toBe(false)
})
