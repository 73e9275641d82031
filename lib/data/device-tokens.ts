import {
  type DeviceTimes,
  formatClaims,
  parseClaims,
  type TokenClaims,
  type TokenKind,
  tokenExpiresAtMs,
} from '../core/mobile'
import { isSameSecret, sign } from './secrets'

/** The tokens of a device's generation, with the instants at which they end. */
export interface TokenPair {
  accessToken: string
  accessTokenExpiresAt: string
  refreshToken: string
  refreshTokenExpiresAt: string
}

/** Derives the pair that belongs to the row as it is: the same row gives the same pair, and none is stored. */
export function deriveTokens(device: DeviceTimes & { id: string }): TokenPair {
  const access = claimsOf('access', device)
  const refresh = claimsOf('refresh', device)
  return {
    accessToken: writeToken(access),
    accessTokenExpiresAt: new Date(tokenExpiresAtMs(access, device)).toISOString(),
    refreshToken: writeToken(refresh),
    refreshTokenExpiresAt: new Date(tokenExpiresAtMs(refresh, device)).toISOString(),
  }
}

function claimsOf(kind: TokenKind, device: DeviceTimes & { id: string }): TokenClaims {
  return { kind, deviceId: device.id, generation: device.generation, issuedAtMs: device.rotatedAtMs }
}

function writeToken(claims: TokenClaims): string {
  const text = formatClaims(claims)
  return `${Buffer.from(text).toString('base64url')}.${sign(`mobile-${claims.kind}`, text)}`
}

/** The claims of a token of this kind that Gatehouse signed, or null; whether it still counts is another question. */
export function readToken(kind: TokenKind, token: string): TokenClaims | null {
  const [payload = '', signature = '', ...rest] = token.split('.')
  const text = Buffer.from(payload, 'base64url').toString('utf8')
  const claims = parseClaims(text)
  if (claims?.kind !== kind || rest.length > 0) return null
  return isSameSecret(writeToken(claims), `${payload}.${signature}`) ? claims : null
}
