import { describe, expect, it } from 'vitest'
import { describePermissions, describeRights, rightsOf } from './agent-words'
import type { Rights } from './permissions'

const plain: Rights = { role: 'AGENT', managesSecurity: false, managesAgents: false }
const admin: Rights = { ...plain, role: 'ADMIN' }

describe('describePermissions', () => {
  it.each([
    ['an admin', admin, 'All permissions'],
    ['a plain agent', plain, 'None'],
    ['who manages security', { ...plain, managesSecurity: true }, 'Manage Security'],
    ['who manages agents', { ...plain, managesAgents: true }, 'Manage Agents'],
    [
      'who manages both',
      { ...plain, managesSecurity: true, managesAgents: true },
      'Manage Security, Manage Agents',
    ],
  ])('%s', (_claim, rights, words) => {
    expect(describePermissions(rights)).toBe(words)
  })
})

describe('describeRights', () => {
  const says = (rights: Rights, pattern: RegExp) => describeRights(rights).some((item) => pattern.test(item))

  it.each([
    ['the allowlist', /IP Allowlist/, { ...plain, managesSecurity: true }],
    ['the logs', /who signed in/, { ...plain, managesSecurity: true }],
    ['the people', /disable agents/, { ...plain, managesAgents: true }],
    ['the admins', /Make others admins/, admin],
    ['the way back in by e-mail', /by e-mail/, admin],
  ])('promises %s to who has it and not to a plain agent', (_claim, pattern, rights) => {
    expect(says(rights, pattern)).toBe(true)
    expect(says(plain, pattern)).toBe(false)
  })

  it('tells everybody but an admin to ask', () => {
    expect(says(plain, /Ask an admin/)).toBe(true)
    expect(says(admin, /Ask an admin/)).toBe(false)
  })
})

it('rightsOf leaves everything else behind', () => {
  expect(rightsOf({ ...admin, email: 'ada@example.com' } as Rights)).toEqual(admin)
})
