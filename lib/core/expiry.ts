const DAY_MS = 24 * 60 * 60 * 1000

/** How a form asks for the end of a range. `keep` leaves it as it is; `custom` comes with a date and time in UTC. */
export const EXPIRY_CHOICES = ['never', '1d', '7d', '30d', 'custom', 'keep'] as const
export type ExpiryChoice = (typeof EXPIRY_CHOICES)[number]

/** Never, so long from now, at an instant, or as it was. */
export type Expiry = { kind: 'never' | 'keep' } | { kind: 'after'; ms: number } | { kind: 'at'; atMs: number }

export type ParsedExpiry = { ok: true; expiry: Expiry } | { ok: false; problem: string }

const LENGTHS = { '1d': DAY_MS, '7d': 7 * DAY_MS, '30d': 30 * DAY_MS } as const

const EXAMPLE = 'Enter a date and time in UTC, like 2030-01-31T18:00.'

/** The choice of a form, with the text of its date field (a `datetime-local` value, taken as UTC). */
export function parseExpiry(choice: ExpiryChoice, text: string): ParsedExpiry {
  switch (choice) {
    case 'never':
    case 'keep':
      return { ok: true, expiry: { kind: choice } }
    case '1d':
    case '7d':
    case '30d':
      return { ok: true, expiry: { kind: 'after', ms: LENGTHS[choice] } }
    case 'custom':
      return parseInstant(text)
  }
}

function parseInstant(text: string): ParsedExpiry {
  if (!/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/.test(text))
    return { ok: false, problem: EXAMPLE }
  const instant = new Date(`${text.replace(' ', 'T')}Z`)
  const isReal = !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text.slice(0, 10))
  return isReal
    ? { ok: true, expiry: { kind: 'at', atMs: instant.getTime() } }
    : { ok: false, problem: `This date does not exist. ${EXAMPLE}` }
}

/** The instant from which the range no longer counts; null for never, `current` for `keep`. */
export function expiryInstant(expiry: Expiry, current: Date | null, nowMs: number): Date | null {
  switch (expiry.kind) {
    case 'never':
      return null
    case 'keep':
      return current
    case 'after':
      return new Date(nowMs + expiry.ms)
    case 'at':
      return new Date(expiry.atMs)
  }
}
