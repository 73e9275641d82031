import { describe, expect, test } from 'vitest'
import { homeOf, PATHS, parseDestination, permissionsFor, surfaceOf } from './paths'

describe('a return address', () => {
  test.each([
    '/control-panel',
    '/agent-console',
    '/control-panel/global-settings/security/ip-allowlist?tab=advanced',
  ])('%s is within the site', (text) => expect(parseDestination(text)).toBe(text))

  test.each([
    ['another site', 'https://evil.example/control-panel'],
    ['another site without a scheme', '//evil.example/control-panel'],
    ['a backslash, which browsers read as a slash', '/\\evil.example'],
    ['a backslash later', '/control-panel\\..\\..\\evil'],
    ['a tab, which browsers leave out', '/\t/evil.example'],
    ['a script', 'javascript:alert(1)'],
    ['a place outside the signed-in areas', '/sign-in'],
    ['a way out of them', '/control-panel/../sign-out'],
    ['an encoded way out of them', '/control-panel/%2e%2e/sign-out'],
    ['a name that only begins like one', '/control-panels'],
    ['nothing', ''],
    ['no text at all', null],
  ])('%s is refused', (_claim, text) => expect(parseDestination(text)).toBeNull())
})

test.each([
  ['/control-panel', 'CONTROL_PANEL'],
  ['/control-panel?tab=1', 'CONTROL_PANEL'],
  ['/control-panel/global-settings', 'CONTROL_PANEL'],
  ['/agent-console', 'AGENT_CONSOLE'],
  ['/control-panelled', 'AGENT_CONSOLE'],
] as const)('%s belongs to %s', (path, surface) => expect(surfaceOf(path)).toBe(surface))

test('somebody with any permission lands on the Control Panel, others on the Agent Console', () => {
  expect(homeOf(true)).toBe('/control-panel')
  expect(homeOf(false)).toBe('/agent-console')
})

test.each([
  [PATHS.agents, ['MANAGE_AGENTS']],
  [`${PATHS.agents}/1`, ['MANAGE_AGENTS']],
  [PATHS.ipAllowlist, ['MANAGE_SECURITY']],
  [PATHS.importRanges, ['MANAGE_SECURITY']],
  [PATHS.signInLog, ['MANAGE_SECURITY']],
  [PATHS.auditLog, ['MANAGE_SECURITY']],
  [PATHS.factorSettings, ['MANAGE_SECURITY']],
  [PATHS.controlPanel, ['MANAGE_SECURITY', 'MANAGE_AGENTS']],
])('%s asks for %s', (pathname, permissions) => expect(permissionsFor(pathname)).toEqual(permissions))
