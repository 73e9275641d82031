import { expect, test } from 'vitest'
import { hashPassword, isRightPassword, newTemporaryPassword, PASSWORD_MAX_CHARACTERS } from './passwords'

test('the right password is right, any other is not', async () => {
  const stored = await hashPassword('correct horse battery')
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(await isRightPassword(stored, 'correct horse battery')).toBe(true)
  expect(await isRightPassword(stored, 'correct horse batterz')).toBe(false)
  expect(await isRightPassword(stored, '')).toBe(false)
})

test('nobody has a password', async () => {
  expect(await isRightPassword(null, 'anything')).toBe(false)
  expect(await isRightPassword(null, 'nobody has this password')).toBe(false)
})

test('more than 128 characters are never right, not even by their beginning', async () => {
  const longest = 'x'.repeat(PASSWORD_MAX_CHARACTERS)
  const stored = await hashPassword(longest)
  expect(await isRightPassword(stored, longest)).toBe(true)
  expect(await isRightPassword(stored, `${longest}x`)).toBe(false)
  expect(await isRightPassword(await hashPassword(''), `${longest}x`)).toBe(false)
})

test('temporary passwords differ and can be read aloud', () => {
  const passwords = Array.from({ length: 50 }, newTemporaryPassword)
  expect(new Set(passwords).size).toBe(50)
  for (const password of passwords) expect(password).toMatch(/^([a-hj-kmnp-z2-9]{4}-){3}[a-hj-kmnp-z2-9]{4}$/)
})
