import 'server-only'
import { env } from '../env'

const IS_DEVELOPMENT = process.env.NODE_ENV === 'development'

const POLICY = (nonce: string, isHttps: boolean) =>
  [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${IS_DEVELOPMENT ? " 'unsafe-eval'" : ''}`,
    // Next's own panel, in development only, styles itself inline.
    `style-src 'self' ${IS_DEVELOPMENT ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    ...(isHttps ? ['upgrade-insecure-requests'] : []),
  ].join('; ')

/** What every page is sent with. Pages are never stored by anybody on the way. */
export function pageHeaders(nonce: string): [name: string, value: string][] {
  const isHttps = env().APP_URL.startsWith('https:')
  return [
    ['content-security-policy', POLICY(nonce, isHttps)],
    ['cache-control', 'private, no-store'],
    ['x-content-type-options', 'nosniff'],
    ['x-frame-options', 'DENY'],
    // Not `no-referrer`: with it browsers send forms with `Origin: null`.
    ['referrer-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['permissions-policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()'],
    ...(isHttps
      ? [['strict-transport-security', 'max-age=31536000; includeSubDomains'] as [string, string]]
      : []),
  ]
}
