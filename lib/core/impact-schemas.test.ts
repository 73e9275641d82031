import { expect, it } from 'vitest'
import { range } from '@/scripts/testing/allowlists'
import { parseAskedChange } from './impact-schemas'

it.each([
  [
    { change: 'add', start: '192.0.2.0/24' },
    { change: 'add', input: { range: range('192.0.2.0/24') } },
  ],
  [
    { change: 'edit', id: 'a', version: '1', start: '192.0.2.1', expires: 'keep' },
    { change: 'edit', input: { id: 'a', range: range('192.0.2.1'), expiry: { kind: 'keep' } } },
  ],
  [
    { change: 'disable', id: 'a', to: 'off' },
    { change: 'disable', input: { id: 'a' } },
  ],
  [
    { change: 'delete', id: 'a', version: '1' },
    { change: 'delete', input: { id: 'a' } },
  ],
])('%j is a change', (fields, parsed) => {
  expect(parseAskedChange(fields as unknown as Record<string, string>)).toMatchObject(parsed)
})

it.each([
  [{}],
  [{ change: 'turn-on' }],
  [{ change: 'toString' }],
  [{ change: 'add', start: '192.0.2' }],
  [{ change: 'add', start: '192.0.2.1', expires: 'custom' }],
  [{ change: 'edit', id: 'a', start: '192.0.2.1' }],
  [{ change: 'disable' }],
  [{ change: 'delete', id: "' OR 1=1 --", version: '1' }],
])('%j is none', (fields) => {
  expect(parseAskedChange(fields as unknown as Record<string, string>)).toBeNull()
})
