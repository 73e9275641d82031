import { describe, expect, it } from 'vitest'
import { isPasswordProblem, judgePassword, PASSWORD_PROBLEMS } from './password-rules'

const COMMON = new Set(['password', 'dragon', 'qwerty123456', 'sonyericsson', 'a1b2c3'])
const ANA = ['Ana Silva', 'ana.silva@northwind.example', 'Northwind Ltd']
const judge = (password: string) => judgePassword(password, ANA, COMMON)

describe('a password is refused', () => {
  it.each([
    ['for 11 characters', 'x7k2m9q4w1z', 'password-length'],
    ['for 129 characters', 'long enough '.repeat(11).slice(0, 129), 'password-length'],
    ['when it is common', 'sonyericsson', 'password-common'],
    ['when it is common, whatever the case', 'SonyEricsson', 'password-common'],
    ['when it is common with digits', 'qwerty123456', 'password-common'],
    ['when it is common with digits behind', 'password2026', 'password-common'],
    ['when it is common with signs around', '!!!dragon...!!!', 'password-common'],
    ['when it is common with a space within', 'pass word 2026', 'password-common'],
    ['when it is a common one twice', 'passwordpassword', 'password-common'],
    ['when it is a common one three times, apart', 'dragon dragon dragon', 'password-common'],
    ['when it is a common one with digits twice', 'a1b2c3a1b2c3', 'password-common'],
    ['when it is a common one in disguise', 'P@ssw0rd-2026!', 'password-common'],
    ['when it is a common one with accents', 'pässwörd2026', 'password-common'],
    ['for one character', 'xxxxxxxxxxxx', 'password-predictable'],
    ['for three characters over and over', 'xyzxyzxyzxyz', 'password-predictable'],
    ['for signs alone', '!!!!!!!!!!!!', 'password-predictable'],
    ['for counting up', '123456789012', 'password-predictable'],
    ['for counting down', '210987654321', 'password-predictable'],
    ['for the alphabet', 'ABCDEFGHIJKL', 'password-predictable'],
    ['for a row of keys', 'qwertyuiopas', 'password-predictable'],
    ['for the own e-mail address', 'ana.silva@northwind.example', 'password-personal'],
    ['for the own name with a year', 'AnaSilva2026', 'password-personal'],
    ['for the own name around little', 'silva-k7w2-silva', 'password-personal'],
    ['for the company with a year', 'Northwind-2026!', 'password-personal'],
    ['for the own name without accents', 'Ana-Sílva-2026', 'password-personal'],
  ])('%s', (_claim, password, problem) => expect(judge(password)).toBe(problem))
})

describe('a password is taken', () => {
  it.each([
    ['12 characters of one kind', 'mvqkzrtwplxn'],
    ['12 digits that mean nothing', '830174659203'],
    ['128 characters', 'k7w2mvqz'.repeat(16)],
    ['a few words', 'correct horse battery'],
    ['a common one within more words', 'my dragon eats soup'],
    ['the own name within twelve others', 'Ana likes rain in May'],
    ['letters of the own name within words', 'bananas on a boat'],
    ['what others are called', 'Marcus-Webb-2026'],
    ['blanks at both ends, which count', '  seven words '],
    ['letters of any script', 'пароль для кошки'],
  ])('%s', (_claim, password) => expect(judge(password)).toBeNull())

  it('whatever a person of two letters is called', () =>
    expect(judgePassword('bo jo mo lo to', ['Bo Jo', 'bo@jo.example'], COMMON)).toBeNull())
})

it('each problem says what to do, and is told from other answers', () => {
  for (const words of Object.values(PASSWORD_PROBLEMS)) expect(words).toMatch(/(Use|Choose|Leave) .*\.$/)
  expect(isPasswordProblem('password-common')).toBe(true)
  for (const other of ['changed', 'toString', null, { password: 'x' }])
    expect(isPasswordProblem(other)).toBe(false)
})
