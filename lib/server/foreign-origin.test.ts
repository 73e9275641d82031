import { expect, test } from 'vitest'
import '@/scripts/testing/sign-ins'
import { env } from '../env'
import { isFromElsewhere } from './foreign-origin'

Object.assign(env(), { APP_URL: 'https://gatehouse.example.com' })

test.each<[what: string, headers: Record<string, string>, isFromElsewhere: boolean]>([
  ['no origin at all', {}, false],
  ['APP_URL, behind a proxy that keeps its host', { origin: 'https://gatehouse.example.com' }, false],
  ['the host that was asked', { origin: 'http://10.0.0.1:3000' }, false],
  ['the host that a proxy was asked', { origin: 'http://front', 'x-forwarded-host': 'front, other' }, false],
  ['the host behind a proxy', { origin: 'http://10.0.0.1:3000', 'x-forwarded-host': 'front' }, true],
  ['another port', { origin: 'http://10.0.0.1:3001' }, true],
  ['another site', { origin: 'https://evil.example' }, true],
  ['a site that nobody may know', { origin: 'null' }, true],
  ['nothing', { origin: '' }, true],
  ['no URL', { origin: 'bogus' }, true],
])('what is posted from %s is from elsewhere or not', (_what, headers, expected) => {
  expect(isFromElsewhere(new Headers({ host: '10.0.0.1:3000', ...headers }))).toBe(expected)
})
