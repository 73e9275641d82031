const HIDDEN = '[hidden]'

/**
 * What secrets look like, wherever they stand: tokens, codes in addresses, password hashes, credentials. Each takes a time
 * that grows with the text and no faster, whatever stands in it: one that begins within a word is looked for where the
 * word begins, once for all of it.
 */
const SHAPES: readonly (readonly [RegExp, string])[] = [
  // Signed or encrypted tokens with dots in them: cookies of sessions (RFC 7516), tokens of the mobile app.
  [/(?<![\w-])(?=(([\w-]*?)\beyJ[\w-]*))\1\.[\w-]*\.[\w.-]+/g, `$2${HIDDEN}`],
  [/(?<![\w-])[\w-]+\.[\w-]{43}(?![\w-])/g, HIDDEN],
  // 256 bits as base64url, as in links.
  [/(?<![\w-])[\w-]{43}(?![\w-])/g, HIDDEN],
  [/([?&](?:code|token)=)[^\s&"'\\]+/gi, `$1${HIDDEN}`],
  [/(\bBearer )[\w.~+/=-]+/gi, `$1${HIDDEN}`],
  [/\$argon2\w+\$[^\s"'\\]+/g, HIDDEN],
  // The password in an address (RFC 3986), of which the scheme may begin within a word.
  [
    /((?<![a-z0-9+.-])(?=(?:(?<!_)|[a-z0-9+.-]*[+.-])[a-z])[a-z0-9+.-]+:\/\/[^\s:/@"'\\]*:)[^\s/"'\\]+@/gi,
    `$1${HIDDEN}@`,
  ],
]

/** The text with everything that looks like one of Gatehouse's secrets made unreadable. */
export function hideSecrets(text: string): string {
  return SHAPES.reduce((hidden, [shape, replacement]) => hidden.replace(shape, replacement), text)
}

const READABLE_SEGMENT = /^(?:.{0,20}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i

/** The path of a request for the log: without its query, and without segments that may be a token. */
export function loggablePath(requestTarget: string): string {
  const [path = ''] = requestTarget.split(/[?#]/, 1)
  return path
    .split('/')
    .map((segment) => (READABLE_SEGMENT.test(segment) ? segment : HIDDEN))
    .join('/')
}
