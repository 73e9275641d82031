import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { keepConsoleHarmless } from './console'

const TOKEN = 'q7Jm2v-_0aQ9bXw3zK5yT8uR1eP6oI4sD2fG7hJ9kL0'
const said = vi.spyOn(console, 'error').mockImplementation(() => {})
beforeAll(() => {
  keepConsoleHarmless()
  keepConsoleHarmless()
})
beforeEach(() => said.mockClear())

test.each([
  ['words', 'a\u001b]0;t\u0007b\u009b2Jc\u202ed\re', 'a\ufffd]0;t\ufffdb\ufffd2Jc\ufffdd\ufffde'],
  [
    'lines, tabs and colours of words',
    '\u001b[31m\u001b[1m⨯\u001b[22m a\n\tb',
    '\u001b[31m\u001b[1m⨯\u001b[22m a\n\tb',
  ],
  ['a number', 7, 7],
  ['nothing', undefined, undefined],
])('of %s only what is harmless is said', (_what, given, kept) => {
  console.error(given, 'x')
  expect(said.mock.calls).toEqual([[kept, 'x']])
})

test('an error is told with its lines, without what acts on a terminal and without secrets', () => {
  const cause = new Error(`\u001b[2Jthe cause, ${TOKEN}`)
  console.error('⨯', new SyntaxError('Unexpected token \u001b[31m', { cause }), {
    within: new Error('\u009b1m'),
  })
  const [[mark, error, other]] = said.mock.calls as [string[]]
  expect(mark).toBe('⨯')
  expect(error).toMatch(/^SyntaxError: Unexpected token \ufffd\[31m\n\s+at /)
  expect(error).toContain('\ufffd[2Jthe cause, [hidden]')
  expect(`${error}${other}`).not.toMatch(/[^\P{Cc}\n]/u)
  expect(other).toContain('Error: \ufffd1m')
})
