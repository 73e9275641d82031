/** A browser is known for this long after a sign-in in it, 400 days: as long as browsers keep a cookie (RFC 6265bis). */
export const KNOWN_DEVICE_LIFETIME_MS = 400 * 24 * 60 * 60 * 1000
