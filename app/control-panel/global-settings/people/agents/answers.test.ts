import { describe, expect, it } from 'vitest'
import { describeEnded, refusal } from './answers'

describe('describeEnded', () => {
  it.each([
    ['nothing', { sessions: 0, devices: 0 }, 'They were not signed in anywhere.'],
    ['one session', { sessions: 1, devices: 0 }, 'Ended: 1 session.'],
    ['several sessions', { sessions: 2, devices: 0 }, 'Ended: 2 sessions.'],
    ['one device', { sessions: 0, devices: 1 }, 'Ended: 1 mobile device.'],
    ['both', { sessions: 3, devices: 2 }, 'Ended: 3 sessions and 2 mobile devices.'],
  ])('%s', (_claim, ended, words) => {
    expect(describeEnded(ended)).toBe(words)
  })
})

it.each(['gone', 'beyond-rights', 'last-admin', 'overtaken'] as const)(
  '%s is a refusal with a next step',
  (because) => {
    const { status, message } = refusal(because)
    expect(status).toBe('refused')
    expect(message).toMatch(/^[A-Z].*\.$/)
  },
)
