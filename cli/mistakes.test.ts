import { beforeAll, describe, expect, test, vi } from 'vitest'
import { commandIn, type Ran, runHere } from '@/scripts/testing/command'
import { temporaryFolder } from '@/scripts/testing/folders'

const SECRET = 'a secret for tests, 32 characters at least'
const PASSWORD = 'correct horse battery'
const CREATE = [
  'account',
  'create',
  '--name',
  'Northwind',
  '--admin-name',
  'Ana',
  '--admin-email',
  'Ana@Example.com',
]

describe('mistakes', () => {
  let gatehouse: (words: readonly string[], stdin?: string) => Promise<Ran>
  beforeAll(async () => {
    const DATA_DIR = await temporaryFolder()
    vi.stubEnv('DATA_DIR', DATA_DIR)
    gatehouse = commandIn({ DATA_DIR })
    await gatehouse([...CREATE, '--password-stdin'], PASSWORD)
  })

  const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /^Name a command\./],
    [['alowlist'], /^There is no command "alowlist"\./],
    [['allowlist', 'enable'], /^Name one of: allowlist show, allowlist check, allowlist on,/],
    [['agent', 'list', '--colour'], /^Unknown option '--colour'\. Usage: /],
    [['agent', 'create', '--name', 'Ben'], /^--email is missing\. Usage: /],
    [['agent', 'create', '--name', 'Ben', '--email', 'ben'], /^--email: This is not an e-mail address\./],
    [
      ['agent', 'create', '--name', 'B', '--email', 'b@example.com', '--admin', '--manage-agents'],
      /^An admin has all/,
    ],
    [['agent', 'reset-password'], /^EMAIL is missing\./],
    [['allowlist', 'check'], /^ADDRESS is missing\./],
    [
      ['allowlist', 'check', '300.1.1.1'],
      /^300\.1\.1\.1 is not an IP address: each part goes from 0 to 255\.\n$/,
    ],
    [['allowlist', 'check', '192.0.2.0/24'], /^192\.0\.2\.0\/24 is 256 addresses\. Enter one IP address/],
    [['backup', ''], /^FILE is missing\. Usage: /],
    [['restore', ''], /^FILE is missing\. Usage: /],
    [['allowlist', 'off', 'now'], /^"now" is one word too many\./],
    [['allowlist', 'off', '--for', '15m'], /^--reason: say in a few words why/],
    [['allowlist', 'off', '--for', '15m', '--reason', ' \u202e '], /^--reason: say in a few words why/],
    [['allowlist', 'off', '--for', '15m', '--reason', 'x'.repeat(201)], /^--reason: at most 200 characters/],
    [['allowlist', 'off', '--reason', 'New office'], /^--reason goes with --for:/],
    [['allowlist', 'off', '--for', 'soon', '--reason', 'New office'], /^--for: "soon" is not understood\./],
    [['allowlist', 'off', '--for', '0m', '--reason', 'New office'], /^--for: "0m" is not understood\./],
    [['allowlist', 'off', '--for', '2d', '--reason', 'New office'], /Enter minutes or hours: 15m, 2h\.\n$/],
    [
      ['allowlist', 'off', '--for', '25h', '--reason', 'New office'],
      /^--for: 25h is too long: 24h is the most\./,
    ],
    [['allowlist', 'add'], /^RANGE\.\.\. is missing\./],
    [['allowlist', 'add', '300.1.1.1'], /^300\.1\.1\.1 is not an IP address: .+ Nothing was changed\./],
    [['allowlist', 'add', '203.0.113.0/24', '010.0.0.1'], /^010\.0\.0\.1 is not an IP address/],
    [['allowlist', 'add', '192.0.2.9 - 192.0.2.1'], /ends before it starts/],
    [['allowlist', 'add', '192.0.2.1/24'], /Did you mean 192\.0\.2\.0\/24\?/],
    [['allowlist', 'add', '192.0.2.1', '--expires', 'soon'], /^--expires: "soon" is not understood\./],
    [['allowlist', 'add', '192.0.2.1', '--expires', '2020-01-01T00:00'], /is past\.$/m],
    [
      ['allowlist', 'add', '192.0.2.1', '--description', 'x'.repeat(10_000)],
      /^--description: A description has at most 200/,
    ],
  ]
  test.each(mistakes.map(([words, message]) => [words.join(' ').slice(0, 60), words, message] as const))(
    'gatehouse %s: exit code 2, and what to do',
    async (_name, words, message) => {
      const { code, out, err } = await runHere(words)
      expect([code, out]).toEqual([2, ''])
      expect(err).toMatch(message)
      expect(err.trimEnd()).not.toContain('\n')
    },
  )

  test("none of them changed the list; what can't be done is exit code 1", async () => {
    expect(JSON.parse((await runHere(['allowlist', 'show', '--json'])).out).ranges).toEqual([])
    const all = await runHere(['allowlist', 'add', '::/0'])
    expect(all.code).toBe(1)
    expect(all.err).toBe('::/0 holds every IPv6 address. Add --yes if you mean it.\n')
    expect(await runHere(['allowlist', 'add', '::/0', '--yes'])).toMatchObject({ code: 0 })
    const again = await runHere(['allowlist', 'add', '::/0', '--yes', '--json'])
    expect(again).toMatchObject({ code: 1, out: '' })
    expect(JSON.parse(again.err)).toEqual({ error: '::/0 is on the list already.' })
    expect(await runHere(['allowlist', 'remove', '192.0.2.1'])).toMatchObject({ code: 1, out: '' })
    const short = await gatehouse(
      ['agent', 'reset-password', 'ana@example.com', '--password-stdin'],
      'short\n',
    )
    expect(short).toMatchObject({ code: 2, out: '' })
    expect(short.err).toMatch(/^The password on standard input: Too short: .* at least 12 are needed\./)
  })

  test.each([
    [['agent', 'reset-password', 'ana@example.com'], 'password2026', /one of the most common passwords/],
    [
      ['agent', 'create', '--name', 'Ben Hall', '--email', 'ben@example.com'],
      'BenHall-2026',
      /Leave yours out/,
    ],
    [CREATE.with(-1, 'ada@example.com'), 'Northwind-2026', /Leave yours out/],
  ] as const)('a guessable password for %s', async (words, password, why) => {
    const weak = await gatehouse([...words, '--password-stdin'], password)
    expect(weak).toMatchObject({ code: 2, out: '' })
    expect(weak.err).toMatch(/^The password on standard input: /)
    expect(weak.err).toMatch(why)
    expect(weak.err).not.toContain(password)
    const { out } = await runHere(['agent', 'list', '--json'])
    expect(JSON.parse(out).agents).toHaveLength(1)
  })

  test('a wrong setting and an unreachable database are named, and no password is', async () => {
    const wrong = await commandIn({ PORT: 'http' })(['agent', 'list'])
    expect(wrong).toMatchObject({ code: 1, out: '' })
    expect(wrong.err).toMatch(/^PORT is "http"; expected a port number/)
    const secret = { AUTH_SECRET: SECRET, DATABASE_URL: 'postgresql://u:hush@127.0.0.1:9/gatehouse' }
    const gone = await commandIn(secret)(['agent', 'list'])
    expect(gone).toMatchObject({ code: 1, out: '' })
    expect(gone.err).toMatch(/^The database at 127\.0\.0\.1:9\/gatehouse can't be used \(/)
    expect(gone.err).toMatch(/\)\. Start it, or correct its address\.\n$/)
    expect(gone.err).not.toContain('hush')
    const DATABASE_URL = `file:${await temporaryFolder()}`
    const folder = await commandIn({ AUTH_SECRET: SECRET, DATABASE_URL })(['agent', 'list'])
    expect(folder).toMatchObject({ code: 1, out: '' })
    expect(folder.err).toMatch(/can't be used \(.+\)\. Run this as the user who runs Gatehouse, or correct D/)
  })
})
