import { expect, it } from 'vitest'
import { explainSignIn } from './sign-in-explanation'

it.each([
  ['too-many-attempts', 'this password was not looked at'],
  ['too-many-second-factors', 'The password was right.'],
  ['second-factor-not-looked-at', 'The password was right.'],
  ['wrong-second-factor', 'The password was right'],
  ['second-factor-tries-spent', 'The password was right'],
  ['second-factor-not-given', 'The password was right'],
  ['second-factor-missing', 'The password was right'],
])('%s says whether the password was right', (because, words) =>
  expect(explainSignIn({ because, ip: null, rangeText: null, evidence: null })).toContain(words),
)
