import { parseExpiry } from '@/lib/core/expiry'
import { UsageProblem } from './problem'

const HOUR_MS = 60 * 60 * 1000
const LENGTHS = { h: HOUR_MS, d: 24 * HOUR_MS } as const

/** `36h`, `7d`, or an instant in UTC; undefined is never. Throws UsageProblem. */
export function readExpiry(text: string | undefined, now: Date): Date | null {
  if (text === undefined) return null
  const length = /^([1-9]\d{0,4})([hd])$/.exec(text)
  if (length) return new Date(now.getTime() + Number(length[1]) * LENGTHS[length[2] as 'h' | 'd'])
  const parsed = parseExpiry('custom', text.replace(/Z$/, ''))
  if (parsed.ok && parsed.expiry.kind === 'at' && parsed.expiry.atMs > now.getTime())
    return new Date(parsed.expiry.atMs)
  if (parsed.ok) throw new UsageProblem(`--expires: ${text} is past.`)
  throw new UsageProblem(`--expires: "${text}" is not understood. Enter 24h, 7d or 2030-01-31T18:00 (UTC).`)
}
