import { expect, it } from 'vitest'
import type { ClientAddressBecause } from './client-address'
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

it.each<[ClientAddressBecause, string, string]>([
  ['hop-malformed', 'The header x-real-ip held something that is not an address.', 'CLIENT_IP_HEADER'],
  [
    'only-trusted-hops',
    'Every address in the header x-real-ip was one of a trusted proxy.',
    'TRUSTED_PROXIES',
  ],
  ['no-stamp', 'The process that answered did not see the connection itself.', 'npm start'],
])('an address that was unknown because of %s is told why, and with the setting', (because, why, setting) => {
  const evidence = {
    ...{ list: null, rangeName: '', headerName: 'x-real-ip', hops: [], hopsLeftOut: 0 },
    ...{ because, isUndeclaredProxy: false },
  }
  const told = explainSignIn({ because: 'address-unknown', ip: null, rangeText: null, evidence })
  expect(told).toContain(why)
  expect(told).toContain(setting)
})

it.each([
  [true, 'The person is disabled now.'],
  [false, 'or the person was disabled'],
])('wrong credentials of somebody whose being disabled is %s', (isDisabledNow, words) => {
  const told = explainSignIn({
    ...{ because: 'wrong-credentials', ip: null, rangeText: null, evidence: null, isDisabledNow },
  })
  expect(told).toContain(words)
  expect(told.includes('disabled now')).toBe(isDisabledNow)
})

it('a second factor that was wrong is told what it may have been', () => {
  const asked = { because: 'wrong-second-factor', ip: null, rangeText: null, evidence: null }
  expect(explainSignIn(asked)).toContain('used before, or of a phone whose clock is wrong')
})
