import type { ClientAddress, ClientAddressBecause, Hop } from './client-address'

/** How the address of a request came to be known. */
export interface WayHere {
  resolved: ClientAddress
  /** The one forwarding header that is read, when a trusted proxy sends it. */
  headerName: string
}

/** What an attempt to sign in is explained by later: everything that decided, as it was then. */
export interface SignInEvidence {
  /** The list that was asked; null where an attempt did not come so far. */
  list: { version: number; enabled: boolean; mobileEnforced: boolean } | null
  /** What the range that matched was called. */
  rangeName: string
  because: ClientAddressBecause
  headerName: string
  hops: readonly SeenHop[]
  /** Hops between the first and the last ones that are not kept. */
  hopsLeftOut: number
  isUndeclaredProxy: boolean
}

export type SeenHop = Pick<Hop, 'from' | 'text' | 'trusted' | 'taken'>

/** A header may name thousands of hops; the first and the last ones tell the story. */
const HOPS_KEPT = 16

/** The evidence of one attempt, at most about 2,000 characters whatever was sent. */
export function evidenceOf(
  { resolved, headerName }: WayHere,
  list: SignInEvidence['list'],
  rangeName = '',
): SignInEvidence {
  const hops = resolved.trace.map(({ from, text, trusted, taken }) => ({ from, text, trusted, taken }))
  const hopsLeftOut = Math.max(0, hops.length - HOPS_KEPT)
  if (hopsLeftOut > 0) hops.splice(HOPS_KEPT / 2, hopsLeftOut)
  const isUndeclaredProxy = resolved.undeclaredProxy !== null
  return { list, rangeName, because: resolved.because, headerName, hops, hopsLeftOut, isUndeclaredProxy }
}

/** For the database; short, since every row has one. */
export function formatEvidence(evidence: SignInEvidence): string {
  const { list, rangeName, because, headerName, hops, hopsLeftOut, isUndeclaredProxy } = evidence
  return JSON.stringify([
    list && [list.version, Number(list.enabled), Number(list.mobileEnforced)],
    ...[rangeName, because, headerName],
    hops.map(({ from, text, trusted, taken }) => [
      text,
      Number(from === 'peer'),
      Number(trusted),
      Number(taken),
    ]),
    ...[hopsLeftOut, Number(isUndeclaredProxy)],
  ])
}

type Stored = [
  list: [version: number, enabled: number, mobileEnforced: number] | null,
  rangeName: string,
  because: ClientAddressBecause,
  headerName: string,
  hops: [text: string, isPeer: number, trusted: number, taken: number][],
  hopsLeftOut: number,
  isUndeclaredProxy: number,
]

/** What `formatEvidence` wrote; null for an attempt from before evidence was kept. */
export function parseEvidence(text: string | null): SignInEvidence | null {
  if (text === null) return null
  const [list, rangeName, because, headerName, hops, hopsLeftOut, isUndeclaredProxy] = JSON.parse(
    text,
  ) as Stored
  return {
    list: list && { version: list[0], enabled: Boolean(list[1]), mobileEnforced: Boolean(list[2]) },
    ...{ rangeName, because, headerName, hopsLeftOut, isUndeclaredProxy: Boolean(isUndeclaredProxy) },
    hops: hops.map(([text, isPeer, trusted, taken]) => ({
      ...{ from: isPeer ? 'peer' : 'header', text },
      ...{ trusted: Boolean(trusted), taken: Boolean(taken) },
    })),
  }
}
