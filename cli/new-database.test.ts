import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { commandIn } from '@/scripts/testing/command'
import { temporaryFolder } from '@/scripts/testing/folders'

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

describe('a new database', () => {
  test('is made by "account create", and by nothing that only reads or changes', async () => {
    const dir = await temporaryFolder()
    const gatehouse = commandIn({ DATA_DIR: join(dir, 'var') })
    for (const words of [
      ['agent', 'list'],
      ['allowlist', 'on'],
      ['agent', 'reset-password', 'a@example.com'],
    ]) {
      const { code, out, err } = await gatehouse(words)
      expect([code, out]).toEqual([1, ''])
      expect(err).toMatch(/^There is no Gatehouse in this database yet\. Run "npm start"/)
    }
    const before = await gatehouse(['migrate', '--status', '--json'])
    expect(before.json).toMatchObject({ applied: [], unknown: [], failed: [] })
    expect(before.json.pending.length).toBeGreaterThan(0)
    expect(await readdir(join(dir, 'var'))).not.toContain('gatehouse.db')
    const made = await gatehouse(CREATE)
    expect(made.out).toMatch(
      /as ana@example\.com with this temporary password, shown only now:\n\n {2}\S{19}\n$/,
    )
    expect((await gatehouse(['migrate', '--json'])).json).toEqual({ applied: [] })
    expect((await gatehouse(['agent', 'list'])).out).toContain('temporary password')
    expect((await gatehouse(['demo'])).err).toMatch(/^There is a real account here \("Northwind"\)/)
  })

  test('is filled by "demo" so that everybody in it can sign in, once', async () => {
    const gatehouse = commandIn({ DATA_DIR: await temporaryFolder(), PORT: '4321' })
    const { json } = await gatehouse(['demo', '--json'])
    expect(json.signInUrl).toBe('http://localhost:4321/sign-in')
    expect(json.people.filter(({ role }: { role: string }) => role === 'ADMIN')).toHaveLength(3)
    const agents = await gatehouse(['agent', 'list', '--json'])
    expect(agents.json.agents).toHaveLength(json.people.length)
    const shown = (await gatehouse(['allowlist', 'show', '--json'])).json
    expect(shown.allowlist).toMatchObject({ enabled: false, ranges: { disabled: 1, expired: 1 } })
    expect(await gatehouse(['demo'])).toMatchObject({ code: 1, out: '' })
  })
})
