import { describe, expect, it } from 'vitest'
import {
  AgentChoiceSchema,
  AgentEditSchema,
  NewAccountSchema,
  NewAgentSchema,
  PasswordChangeSchema,
} from './agent-schemas'

const agent = { name: 'Ana', email: 'ana@example.com', role: 'AGENT' }
const account = { accountName: 'Example', name: 'Ana', email: 'ana@example.com', password: 'a long password' }

describe('NewAgentSchema', () => {
  it('lower-cases and trims the e-mail and trims the name', () => {
    expect(NewAgentSchema.parse({ ...agent, name: ' Ana  ', email: ' ANA@Example.COM\n' })).toEqual({
      name: 'Ana',
      email: 'ana@example.com',
      role: 'AGENT',
      managesSecurity: false,
      managesAgents: false,
    })
  })

  it('takes a ticked box for a permission, and nothing else', () => {
    expect(NewAgentSchema.parse({ ...agent, managesSecurity: 'on' })).toMatchObject({
      managesSecurity: true,
      managesAgents: false,
    })
    expect(NewAgentSchema.parse({ ...agent, managesAgents: 'true' }).managesAgents).toBe(false)
  })

  it.each([
    ['a missing e-mail', { email: undefined }, 'email'],
    ['an empty e-mail', { email: ' ' }, 'email'],
    ['an e-mail without a domain', { email: 'ana' }, 'email'],
    ['an e-mail with a line break', { email: 'ana@example.com\nbcc: eve@example.com' }, 'email'],
    ['an overlong e-mail', { email: `${'a'.repeat(250)}@example.com` }, 'email'],
    ['an empty name', { name: '  ' }, 'name'],
    ['a name of 101 characters', { name: 'x'.repeat(101) }, 'name'],
    ['a name of two lines', { name: 'Ana\nBcc' }, 'name'],
    ['a name with a null character', { name: 'A\u0000na' }, 'name'],
    ['a name that turns the writing direction around', { name: 'Ana\u202etxt' }, 'name'],
    ['an unknown role', { role: 'OWNER' }, 'role'],
    ['a missing role', { role: undefined }, 'role'],
  ])('refuses %s at its field, in plain words', (_claim, wrong, field) => {
    const issue = NewAgentSchema.safeParse({ ...agent, ...wrong }).error?.issues[0]
    expect(issue?.path).toEqual([field])
    expect(issue?.message).toMatch(/^[A-Z].*\.$/)
    expect(issue?.message).not.toMatch(/Invalid|expected|undefined/)
  })
})

describe('passwords', () => {
  it.each([
    ['12 characters', 'x'.repeat(12), true],
    ['128 characters', 'x'.repeat(128), true],
    ['spaces, kept as they are', '  correct horse  ', true],
    ['11 characters', 'x'.repeat(11), false],
    ['129 characters', 'x'.repeat(129), false],
  ])('%s', (_claim, password, isGood) => {
    const parsed = NewAccountSchema.safeParse({ ...account, password })
    expect(parsed.success).toBe(isGood)
    if (parsed.success) expect(parsed.data.password).toBe(password)
  })

  it.each([
    ['', 'Enter a password.'],
    ['eight ch', 'Too short: this has 8 characters, and at least 12 are needed.'],
    ['x'.repeat(129), 'Too long: this has 129 characters, and at most 128 are possible.'],
  ])('says of “%s” how far it is', (password, words) => {
    const issue = NewAccountSchema.safeParse({ ...account, password }).error?.issues[0]
    expect(issue?.message).toBe(words)
  })

  it('asks for the current one, whatever its length, and for a good new one', () => {
    const change = { currentPassword: 'x', newPassword: 'x'.repeat(12) }
    expect(PasswordChangeSchema.safeParse(change).success).toBe(true)
    expect(PasswordChangeSchema.safeParse({ ...change, currentPassword: '' }).success).toBe(false)
    expect(PasswordChangeSchema.safeParse({ ...change, newPassword: 'short' }).success).toBe(false)
  })
})

it('an edit needs the version that it was made from', () => {
  const edit = { agentId: 'a', version: '3', name: 'Ana', role: 'ADMIN' }
  expect(AgentEditSchema.parse(edit).version).toBe(3)
  expect(AgentEditSchema.safeParse({ ...edit, version: undefined }).success).toBe(false)
  expect(AgentEditSchema.safeParse({ ...edit, version: 'x' }).success).toBe(false)
})

it('an agent is named by an id, whatever a forged form brings in its place', () => {
  expect(AgentChoiceSchema.safeParse({ agentId: '01890a5d-ac96-774b-bcce-b302099a8057' }).success).toBe(true)
  for (const agentId of [undefined, '', 'a\u0000b', "' OR 1=1", 'x'.repeat(65)])
    expect(AgentChoiceSchema.safeParse({ agentId }).success, String(agentId)).toBe(false)
})
