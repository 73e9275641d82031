import { cleanText } from './allowlist-search'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

export const ACCESS_LIFETIME_MS = 15 * MINUTE_MS
export const REFRESH_LIFETIME_MS = 30 * DAY_MS
/** However often a device refreshes, its person proves who they are again after this. */
export const DEVICE_LIFETIME_MS = 90 * DAY_MS
/** Answers get lost on phones: so long the predecessor of the refresh token is answered with the same pair. */
export const LOST_ANSWER_MS = 30_000
export const DEVICE_NAME_MAX_CHARACTERS = 100

export type TokenKind = 'access' | 'refresh'

/** What a token says; it counts only with its signature, and only as far as the device's row agrees. */
export interface TokenClaims {
  kind: TokenKind
  deviceId: string
  generation: number
  issuedAtMs: number
}

const VERSION = '1'

/** The signed text of a token. `parseClaims(formatClaims(claims))` gives the claims back. */
export function formatClaims({ kind, deviceId, generation, issuedAtMs }: TokenClaims): string {
  return [VERSION, kind, deviceId, generation, issuedAtMs].join('|')
}

/** The claims of that text, or null; takes any text. */
export function parseClaims(text: string): TokenClaims | null {
  const match = /^1\|(access|refresh)\|([0-9a-f-]{36})\|([1-9]\d{0,9})\|(\d{1,15})$/.exec(text)
  if (!match) return null
  const [, kind, deviceId, generation, issuedAtMs] = match
  return {
    kind: kind as TokenKind,
    deviceId: deviceId as string,
    generation: Number(generation),
    issuedAtMs: Number(issuedAtMs),
  }
}

/** The times and the state of a device's row that decide about its tokens. */
export interface DeviceTimes {
  generation: number
  rotatedAtMs: number
  createdAtMs: number
  endedAtMs: number | null
}

/** Until when a token counts, if nothing ends its device before. */
export function tokenExpiresAtMs(claims: TokenClaims, device: DeviceTimes): number {
  const lifetimeMs = claims.kind === 'access' ? ACCESS_LIFETIME_MS : REFRESH_LIFETIME_MS
  return Math.min(claims.issuedAtMs + lifetimeMs, device.createdAtMs + DEVICE_LIFETIME_MS)
}

export type TokenVerdict = 'current' | 'predecessor' | 'reused' | 'expired' | 'ended'

/**
 * What a refresh token is worth now. Only `reused` shows that two hold the same token: an older one than the
 * predecessor, or the predecessor later than a lost answer explains.
 */
export function judgeRefreshToken(claims: TokenClaims, device: DeviceTimes, nowMs: number): TokenVerdict {
  if (nowMs >= tokenExpiresAtMs(claims, device)) return 'expired'
  if (claims.generation > device.generation) return 'expired'
  if (device.endedAtMs !== null) return 'ended'
  if (claims.generation === device.generation) return 'current'
  const isPredecessor = claims.generation === device.generation - 1
  // Both ways: a clock that went back must not let a copied token in for as long as it went back.
  const isLostAnswer = Math.abs(nowMs - device.rotatedAtMs) <= LOST_ANSWER_MS
  return isPredecessor && isLostAnswer ? 'predecessor' : 'reused'
}

/** Whether an access token counts now; one of before a rotation does until its fifteen minutes are over. */
export function isAccessTokenLive(claims: TokenClaims, device: DeviceTimes, nowMs: number): boolean {
  return (
    device.endedAtMs === null &&
    claims.generation <= device.generation &&
    nowMs < tokenExpiresAtMs(claims, device)
  )
}

/** A device's name as it is kept and shown: one line, at most 100 characters; empty when nothing readable is left. */
export function nameMobileDevice(text: string): string {
  const points = [...cleanText(text)].slice(0, DEVICE_NAME_MAX_CHARACTERS)
  while (points.join('').length > DEVICE_NAME_MAX_CHARACTERS) points.pop()
  return points.join('').trim()
}
