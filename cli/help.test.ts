import { describe, expect, test } from 'vitest'
import { runHere } from '@/scripts/testing/command'

describe('help', () => {
  test('lists every command, touches no settings, and is there for each', async () => {
    const { code, out } = await runHere(['--help'])
    expect(code).toBe(0)
    const names = [...out.matchAll(/^ {2}([a-z-]+(?: [a-z-]+)?) {2,}\S/gm)].map(([, name]) => name ?? '')
    expect(names).toEqual([
      ...[
        'setup-link',
        'account create',
        'agent create',
        'agent list',
        'agent reset-password',
        'agent reset-second-factor',
      ],
      ...[
        'allowlist show',
        'allowlist check',
        'allowlist on',
        'allowlist off',
        'allowlist add',
        'allowlist import',
        'allowlist remove',
        'audit verify',
        'backup',
        'restore',
        'move',
        'migrate',
        'demo',
      ],
    ])
    for (const name of names) {
      const help = await runHere([...name.split(' '), '--help'])
      expect([name, help.code, help.err]).toEqual([name, 0, ''])
      expect(help.out).toContain(`Usage: npm run -s gatehouse -- ${name}`)
      expect(help.out).toContain(`Examples:\n  npm run -s gatehouse -- ${name}`)
    }
  })
})
