import { describe, expect, it } from 'vitest'
import { LinkDecisionSchema, SignInSchema } from './entry-schemas'

describe('sign-in', () => {
  it.each([
    ['ana@example.com', 'ana@example.com'],
    [' ana@example.com\t', 'ana@example.com'],
    // PostgreSQL stores no NUL: such an e-mail is wrong like any other, and never an error.
    ['ana\u0000@example.com', 'ana @example.com'],
    ['ana\ud800@example.com', 'ana\ufffd@example.com'],
    ['no address at all', 'no address at all'],
  ])('takes the e-mail %j as it is, in one line', (typed, email) => {
    expect(SignInSchema.parse({ email: typed, password: ' x ' })).toEqual({ email, password: ' x ' })
  })

  it.each([{}, { email: '', password: '' }, { email: ' \u0000', password: '' }])(
    'says what is missing in %j',
    (typed) => {
      const { error } = SignInSchema.safeParse(typed)
      expect(error?.issues.map(({ message }) => message)).toEqual([
        'Enter your e-mail address.',
        'Enter your password.',
      ])
    },
  )
})

describe('the decision on a link', () => {
  const decision = { token: 'x', decision: 'authorize' }

  it('keeps the address unless told otherwise, and takes the code as it is read aloud', () => {
    expect(LinkDecisionSchema.parse({ ...decision, code: ' 123 - 456 ' })).toEqual({
      ...{ token: 'x', decision: 'authorize', keep: 'forever', code: '123456' },
    })
  })

  it.each([{ token: '' }, { token: 'x'.repeat(101) }, { decision: 'sign-in' }, { keep: 'week' }])(
    'refuses %j',
    (wrong) => {
      expect(LinkDecisionSchema.safeParse({ ...decision, ...wrong }).success).toBe(false)
    },
  )
})
