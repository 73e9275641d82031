import { describe, expect, test } from 'vitest'
import { hideSecrets, loggablePath } from './secrets-in-text'

const TOKEN = 'q7Jm2v-_0aQ9bXw3zK5yT8uR1eP6oI4sD2fG7hJ9kL0'

describe('what looks like a secret is hidden', () => {
  test.each([
    ['a link', `http://h.example/authorize-ip/${TOKEN}`, 'http://h.example/authorize-ip/[hidden]'],
    ['a token in quotes', `"${TOKEN}"`, '"[hidden]"'],
    ['a mobile token', `eyJrIjoiYSJ9.${TOKEN} used`, '[hidden] used'],
    ['a session cookie', `a=eyJhbGciOiJkaXIifQ..aBc.dEf-_.gHi; b=1`, 'a=[hidden]; b=1'],
    ['a set-up code', 'GET /setup?code=abcDEF123_-xyz&a=1', 'GET /setup?code=[hidden]&a=1'],
    ['a Bearer token', 'authorization: Bearer abc.DEF/1==', 'authorization: Bearer [hidden]'],
    ['a password hash', '"$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"', '"[hidden]"'],
    ['a password in an address', 'smtp://u:hush@m.example:25', 'smtp://u:[hidden]@m.example:25'],
    ['a password with @ in an address', 'postgresql://u:a@b@h/d', 'postgresql://u:[hidden]@h/d'],
    ['a token that begins within a word', `x-eyJ_-eyJh.${TOKEN}.a.b`, 'x-[hidden]'],
    [
      'a scheme that begins within a word',
      '1_2+git+ssh://u:hush@h, _+a://u:b@',
      '1_2+git+ssh://u:[hidden]@h, _+a://u:[hidden]@',
    ],
  ])('%s', (_what, text, hidden) => expect(hideSecrets(text)).toBe(hidden))
})

test.each([
  'at read (/app/node_modules/next/dist/compiled/next-server/app-page.runtime.prod.js:2:317)',
  'http://h.example:3000/control-panel?tab=advanced',
  'eyJ.eyJ_a.@ _1://u:no@h, 1a://u:no@h, _a://u:no@h, ://u:no@h',
  '{"request":"0190d5a0-7c1e-7b7e-8a55-0123456789ab","agent":"0190d5a0-7c1e-7b7e-8a55-0123456789ac"}',
  'a'.repeat(42),
  'a'.repeat(44),
])('%s stays readable', (text) => expect(hideSecrets(text)).toBe(text))

const LONG = [
  'eyJ-',
  '-eyJ',
  'eyJ.',
  'a.',
  'a-',
  'a+',
  '_a-',
  'a://',
  'a://a:',
  '$argon2',
  'Bearer ',
  '?code=',
]
test.each(LONG)('a long text of %j takes a moment', { timeout: 2_000 }, async (part) => {
  // Asynchronous, since vitest looks at the time of no other test.
  const text = `${part.repeat(150_000 / part.length)}://u:${'h'.repeat(50_000)}`
  expect(hideSecrets(`${text} ${TOKEN}`).endsWith(' [hidden]')).toBe(true)
})

describe('the path of a request in the log', () => {
  test.each([
    ['/control-panel/global-settings?tab=advanced', '/control-panel/global-settings'],
    [`/authorize-ip/${TOKEN}`, '/authorize-ip/[hidden]'],
    ['/reset-password/abcdefghijklmnopqrstuvwxyz?x', '/reset-password/[hidden]'],
    ['/setup?code=abc', '/setup'],
    ['/agents/0190d5a0-7c1e-7b7e-8a55-0123456789ab', '/agents/0190d5a0-7c1e-7b7e-8a55-0123456789ab'],
    ['/', '/'],
  ])('%s is %s', (target, path) => expect(loggablePath(target)).toBe(path))
})
