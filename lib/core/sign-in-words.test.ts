import { expect, it } from 'vitest'
import { describeReason, describeSignIn } from './sign-in-words'

it.each([
  ['an admitted sign-in', 'admitted', 'listed', 'Signed in', 'success'],
  ['a refusal for the address', 'refused', 'not-listed', 'Refused: IP not allowed', 'danger'],
  ['a refusal for an unknown address', 'refused', 'address-unknown', 'Refused: address unknown', 'danger'],
  ['a wrong password', 'failed', 'wrong-credentials', 'Wrong password', 'warning'],
  ['a wrong second factor', 'failed', 'wrong-second-factor', 'Wrong second factor', 'warning'],
  [
    'the last one of too many',
    'failed',
    'second-factor-tries-spent',
    'Second factor wrong too often',
    'warning',
  ],
  ['a password alone', 'failed', 'second-factor-not-given', 'Second factor not given', 'warning'],
  ['one who has no second factor', 'failed', 'second-factor-missing', 'Second factor not set up', 'warning'],
  ['a try that came too soon', 'failed', 'too-many-attempts', 'Too many attempts', 'warning'],
  ['one too many', 'failed', 'second-factor-not-looked-at', 'Second factor not looked at', 'warning'],
  ['a second factor that did', 'failed', 'too-many-second-factors', 'Too many attempts', 'warning'],
])('names %s', (_claim, outcome, because, words, tone) => {
  expect(describeSignIn({ outcome, because })).toEqual({ words, tone })
})

it('does not say of somebody who was disabled that the password was wrong', () => {
  const words = describeReason({ because: 'wrong-credentials', rangeText: null })
  expect(words).toBe('E-mail or password wrong, or disabled')
})
