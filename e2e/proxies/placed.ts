/** Where the proxies of the tests listen: `localhost` is [::1] alone, so a browser's address is ::1. */
export const LISTENS_AT = { ipv4: '127.0.0.5', ipv6: '::1' } as const

/** Where a proxy stands in a test. */
export interface Place {
  /** It listens there on both addresses of LISTENS_AT. */
  port: number
  /** The next one on the way to Gatehouse, or Gatehouse: `host:port`. */
  to: string
  /** The folder with the certificate. */
  folder: string
}

/** A snippet with the names, ports, addresses and paths of a test in place of those of the page; nothing else. */
export function placed(snippet: string, { port, to, folder }: Place): string {
  return snippet
    .replace(/^gatehouse\.example\.com \{/m, `localhost:${port} {`)
    .replace(/^:8080 \{/m, `:${port} {`)
    .replaceAll(/\[::\]:(443|8080)\b/g, `[${LISTENS_AT.ipv6}]:${port}`)
    .replaceAll(
      /\b(listen |bind :)(443|8080)\b/g,
      (_, word) => `${word.replace(':', '')}${LISTENS_AT.ipv4}:${port}`,
    )
    .replaceAll('gatehouse.example.com', 'localhost')
    .replaceAll('127.0.0.1:3000', to)
    .replaceAll('10.0.0.10', '127.0.0.1')
    .replaceAll(/\/etc\/(ssl|haproxy)\//g, `${folder}/`)
}
