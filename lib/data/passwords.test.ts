import { hash } from '@node-rs/argon2'
import { expect, test } from 'vitest'
import { PASSWORD_MAX_CHARACTERS } from '../core/agent-schemas'
import { hashPassword, isHashOutdated, isRightPassword, newTemporaryPassword } from './passwords'

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

test('a hash is outdated as soon as one parameter differs', async () => {
  expect(isHashOutdated(await hashPassword('correct horse battery'))).toBe(false)
  const inForce = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
  for (const other of [{ memoryCost: 9_728 }, { timeCost: 1 }, { parallelism: 2 }, { algorithm: 1 }])
    expect(isHashOutdated(await hash('correct horse battery', { ...inForce, ...other }))).toBe(true)
})
