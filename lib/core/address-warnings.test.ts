import { describe, expect, it } from 'vitest'
import { address } from '@/scripts/testing/allowlists'
import { findCrowd, warnAboutAddresses } from './address-warnings'
import { compileTrust, resolveClientAddress } from './client-address'

const signIn = (agentId: string, at: string | null) => ({
  agentId,
  address: at === null ? null : address(at),
})

describe('a crowd at one address', () => {
  it.each([
    ['nobody', [], null],
    ['one person', [signIn('a', '10.0.0.5')], null],
    ['two people at one address', [signIn('a', '10.0.0.5'), signIn('b', '10.0.0.5')], 2],
    ['two people at two', [signIn('a', '10.0.0.5'), signIn('b', '10.0.0.6')], null],
    [
      'two people, one of them also elsewhere',
      [signIn('a', '10.0.0.5'), signIn('b', '10.0.0.5'), signIn('a', '192.0.2.1')],
      null,
    ],
    ['two people at unknown addresses', [signIn('a', null), signIn('b', null)], null],
    ['two people, one at an unknown address', [signIn('a', '10.0.0.5'), signIn('b', null)], null],
  ])('%s', (_name, signIns, people) => {
    expect(findCrowd(signIns)).toEqual(people && { people, address: address('10.0.0.5') })
  })
})

describe('the usual mistakes', () => {
  function warn(
    peer: string | null,
    headerLines: string[],
    crowd: { people: number; at: string } | null = null,
  ) {
    const compiled = compileTrust('10.0.0.1')
    if (!compiled.ok) throw new Error(compiled.problem)
    const resolved = resolveClientAddress({
      ...{ peer, headerName: 'x-forwarded-for', headerLines, trust: compiled.trust },
      forwardingHeadersSeen: headerLines.length > 0,
    })
    return warnAboutAddresses(
      resolved,
      'x-forwarded-for',
      crowd && { people: crowd.people, address: address(crowd.at) },
    )
  }
  const UNDECLARED =
    /^10\.0\.0\.9 is a private address that sends forwarding headers.+ The operator should set TRUSTED_PROXIES=10\.0\.0\.9\.$/
  const CROWD =
    /^All 3 people who signed in lately came from 10\.0\.0\.9, a private address.+ The operator should set TRUSTED_PROXIES=10\.0\.0\.9\.$/

  it.each([
    ['a public peer', '203.0.113.9', [], null, []],
    ['a public peer that forges headers', '203.0.113.9', ['198.51.100.7'], null, []],
    ['a trusted proxy that names the client', '10.0.0.1', ['198.51.100.7'], null, []],
    ['a private peer without headers, one person', '10.0.0.9', [], null, []],
    ['an undeclared proxy', '10.0.0.9', ['198.51.100.7'], null, [UNDECLARED]],
    [
      'an undeclared proxy with everybody behind it',
      '10.0.0.9',
      ['198.51.100.7'],
      { people: 3, at: '10.0.0.9' },
      [UNDECLARED],
    ],
    ['everybody on one private address', '10.0.0.9', [], { people: 3, at: '10.0.0.9' }, [CROWD]],
    ['everybody in one office', '203.0.113.9', [], { people: 3, at: '203.0.113.9' }, []],
    [
      'the header is absent',
      '10.0.0.1',
      [],
      null,
      [/^The trusted proxy 10\.0\.0\.1 sent no header x-forwarded-for.+CLIENT_IP_HEADER/],
    ],
    [
      'a malformed hop',
      '10.0.0.1',
      ['unknown'],
      null,
      [/holds something other than addresses\. .*CLIENT_IP_HEADER/],
    ],
    ['only trusted hops', '10.0.0.1', ['10.0.0.1'], null, [/belongs to a trusted proxy.*TRUSTED_PROXIES/]],
    ['no stamp', null, [], null, [/did not see the connection itself.*npm start/]],
  ])('%s', (_name, peer, lines, crowd, expected) => {
    const warnings = warn(peer, lines, crowd)
    expect(warnings).toHaveLength(expected.length)
    for (const [at, pattern] of expected.entries()) expect(warnings[at]).toMatch(pattern)
  })
})
