import { describe, expect, it } from 'vitest'
import {
  hasAnyPermission,
  isPermitted,
  mayChange,
  NotPermitted,
  type Rights,
  requirePermitted,
} from './permissions'

const admin: Rights = { role: 'ADMIN', managesSecurity: false, managesAgents: false }
const plain: Rights = { role: 'AGENT', managesSecurity: false, managesAgents: false }
const security: Rights = { ...plain, managesSecurity: true }
const people: Rights = { ...plain, managesAgents: true }
const both: Rights = { ...plain, managesSecurity: true, managesAgents: true }

describe('isPermitted', () => {
  it.each([
    ['an admin manages security', admin, 'MANAGE_SECURITY', true],
    ['an admin manages agents', admin, 'MANAGE_AGENTS', true],
    ['a plain agent does not manage security', plain, 'MANAGE_SECURITY', false],
    ['a plain agent does not manage agents', plain, 'MANAGE_AGENTS', false],
    ['Manage Security is enough for security', security, 'MANAGE_SECURITY', true],
    ['Manage Security is not enough for agents', security, 'MANAGE_AGENTS', false],
    ['Manage Agents is enough for agents', people, 'MANAGE_AGENTS', true],
    ['Manage Agents is not enough for security', people, 'MANAGE_SECURITY', false],
  ] as const)('%s', (_claim, rights, permission, expected) => {
    expect(isPermitted(rights, permission)).toBe(expected)
    const asking = () => requirePermitted(rights, permission)
    if (expected) expect(asking).not.toThrow()
    else expect(asking).toThrow(NotPermitted)
  })

  it('opens the Control Panel with any permission only', () => {
    expect([admin, security, people, both].every(hasAnyPermission)).toBe(true)
    expect(hasAnyPermission(plain)).toBe(false)
  })
})

describe('mayChange', () => {
  it.each([
    ['an admin makes an admin', admin, null, admin, true],
    ['an admin promotes an agent to admin', admin, plain, admin, true],
    ['an admin demotes another admin', admin, admin, plain, true],
    ['an admin grants everything', admin, plain, both, true],
    ['who manages agents adds a plain agent', people, null, plain, true],
    ['who manages agents grants Manage Agents', people, plain, people, true],
    ['who holds both grants both', both, null, both, true],
    ['who manages agents takes away what they do not hold', people, both, people, true],
    ['who manages agents renames somebody with more permissions', people, security, security, true],
    ['who manages agents grants no Manage Security', people, plain, security, false],
    ['who manages agents adds nobody with Manage Security', people, null, both, false],
    ['who manages agents does not raise themself', people, people, both, false],
    ['who manages agents makes no admin', people, plain, admin, false],
    ['who holds both makes no admin', both, null, admin, false],
    ['who holds both does not make themself an admin', both, both, admin, false],
    ['who holds both changes no admin', both, admin, admin, false],
    ['who holds both demotes no admin', both, admin, plain, false],
    ['Manage Security alone changes nobody', security, plain, plain, false],
    ['a plain agent changes nobody', plain, plain, plain, false],
    ['a plain agent does not change themself', plain, plain, people, false],
  ] as const)('%s', (_claim, actor, before, after, expected) => {
    expect(mayChange(actor, before, after)).toBe(expected)
  })
})
