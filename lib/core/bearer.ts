/** The token of `Authorization: Bearer ...` (RFC 6750), or null. */
export function bearerToken(headers: Pick<Headers, 'get'>): string | null {
  return /^Bearer +([\w.~+/-]+=*)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? null
}
