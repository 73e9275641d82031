import { expect, it } from 'vitest'
import { findPasswordProblem } from './common-passwords'
import { newTemporaryPassword } from './passwords'

it.each([
  'sonyericsson',
  'leavemealone',
  'qazwsxedc123',
  '1qaz2wsx3edc',
  'password2026',
  'TrustNo1-TrustNo1',
])('the published list holds %s', async (password) =>
  expect(await findPasswordProblem(password, [])).toBe('password-common'),
)

it('counts the ten thousand most common, and no rarer ones', async () => {
  const { default: ranked } = await import('@zxcvbn-ts/language-common/src/passwords.json')
  const problemOf = (rank: number) => findPasswordProblem(`!!!!!!!!!!!!${ranked[rank - 1]}`, [])
  const letters = (from: number, step: number) => {
    let rank = from
    while (!/^[a-z]{6,}$/.test(ranked[rank - 1] ?? '')) rank += step
    return rank
  }
  expect(await problemOf(letters(10_000, -1))).toBe('password-common')
  expect(await problemOf(letters(10_001, 1))).toBeNull()
})

it('takes the temporary passwords that are made here', async () => {
  for (let count = 0; count < 50; count++)
    expect(await findPasswordProblem(newTemporaryPassword(), ['Ana Silva', 'ana@example.com'])).toBeNull()
})
