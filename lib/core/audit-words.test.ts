import { describe, expect, it } from 'vitest'
import { AUDIT_ACTIONS } from './audit'
import { parseAuditFilter } from './audit-listing'
import { compareStates, describeChange, describeWay, nameAction } from './audit-words'

it('tells every change as a sentence of its own', () => {
  const told = AUDIT_ACTIONS.map((action) => describeChange({ actorName: 'Ana', action, subjectName: 'Ben' }))
  expect(new Set(told).size).toBe(AUDIT_ACTIONS.length)
  for (const sentence of told) expect(sentence).toMatch(/^Ana [a-z].+/)
  expect(told).toContain('Ana added the agent Ben')
  expect(told).toContain('Ana made a change that shuts them out, so it has to be confirmed: Ben')
})

it('tells a change of another version by its name', () => {
  expect(describeChange({ actorName: 'Ana', action: 'moon.was_moved', subjectName: 'it' })).toBe(
    'Ana did “Moon was moved” to it',
  )
  expect([nameAction('allowlist.turned_on'), describeWay('cli'), describeWay('pigeon')]).toEqual([
    'Allowlist turned on',
    'At the command line',
    'Pigeon',
  ])
})

describe('what a change made different', () => {
  it.each([
    ['nothing on either side', null, null, []],
    ['what is new', null, { origin: 'MANUAL' }, [{ name: 'Origin', before: null, after: 'entered by hand' }]],
    [
      'what is gone',
      { description: 'Office' },
      null,
      [{ name: 'Description', before: 'Office', after: null }],
    ],
    [
      'only what is another',
      { name: 'Ana', role: 'AGENT', managesSecurity: false },
      { name: 'Ana', role: 'ADMIN', managesSecurity: true },
      [
        { name: 'Role', before: 'Agent', after: 'Admin' },
        { name: 'Manages security', before: 'no', after: 'yes' },
      ],
    ],
    [
      'permissions as people see them, an admin’s by the role alone',
      { role: 'AGENT', managesSecurity: true, managesAgents: false },
      { role: 'ADMIN', managesSecurity: false, managesAgents: false },
      [
        { name: 'Role', before: 'Agent', after: 'Admin' },
        { name: 'Permissions', before: 'Manage Security', after: 'All permissions' },
      ],
    ],
    [
      'a code in words, and a text as it was typed',
      null,
      { because: 'ended-by-admin', origin: 'CLI', description: 'CLI-MANUAL', role: 'toString' },
      [
        { name: 'Because', before: null, after: 'ended by admin' },
        { name: 'Origin', before: null, after: 'command line' },
        { name: 'Description', before: null, after: 'CLI-MANUAL' },
        { name: 'Role', before: null, after: 'toString' },
      ],
    ],
    [
      'instants, numbers and nothing in words',
      { expiresAt: null, days: 90, description: '' },
      { expiresAt: new Date('2026-11-24T12:30:00Z'), days: 30, description: 'x' },
      [
        { name: 'Expires at', before: 'none', after: '2026-11-24 12:30 UTC' },
        { name: 'Days', before: '90', after: '30' },
        { name: 'Description', before: 'none', after: 'x' },
      ],
    ],
    [
      'several at once, each by what is said in it',
      null,
      {
        ranges: [{ range: '192.0.2.1', expiresAt: new Date('2026-11-24T12:30:00Z') }, { range: 'fe80::/10' }],
      },
      [{ name: 'Ranges', before: null, after: '192.0.2.1, 2026-11-24 12:30 UTC; fe80::/10' }],
    ],
  ])('is %s', (_claim, before, after, differences) => {
    const json = (state: unknown) => (state === null ? null : JSON.stringify(state))
    expect(compareStates(json(before), json(after))).toEqual(differences)
  })

  it('is shown even where somebody tampered with it', () => {
    expect(compareStates('not JSON', '[1]')).toEqual([{ name: 'State', before: 'not JSON', after: '[1]' }])
  })
})

describe('the filter of the Audit Log', () => {
  it('takes a change, or all changes of a kind', () => {
    expect(parseAuditFilter({ action: 'range.added', person: 'ana' })).toMatchObject({
      ok: true,
      filter: { action: 'range.added', person: 'ana' },
    })
    expect(parseAuditFilter({ action: 'range' })).toMatchObject({ ok: true, filter: { action: 'range' } })
    expect(parseAuditFilter({})).toMatchObject({ ok: true, filter: { action: null, person: '' } })
  })

  it('says what is wrong where, and keeps the rest', () => {
    expect(parseAuditFilter({ action: 'range.%', person: 'ana', from: 'x' })).toEqual({
      ok: false,
      fields: { action: 'range.%', person: 'ana', from: 'x', to: '' },
      problems: {
        action: 'There is no such change. Choose one.',
        from: 'x is not a day. Enter one like 2026-11-24.',
      },
    })
  })
})
