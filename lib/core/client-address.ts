import { type Address, parseAddress } from './address'
import { parseHops } from './client-address-hops'
import type { Trust } from './client-address-trust'
import { containsAddress, overlaps, parseRange, type Range } from './range'
import { excerpt } from './range-problem'

export { compileTrust, type Trust } from './client-address-trust'

export type ClientAddressBecause =
  /** The peer isn't a trusted proxy, so it is the client; headers were not looked at. */
  | 'peer-is-client'
  /** A trusted proxy named the client. */
  | 'forwarded'
  /** A trusted proxy sent no such header: the peer itself. */
  | 'header-absent'
  /** Unknown: nobody stamped the peer on this request. */
  | 'no-stamp'
  /** Unknown: the stamped peer is not an address. */
  | 'peer-malformed'
  /** Unknown: a hop that had to be read is not an address. */
  | 'hop-malformed'
  /** Unknown: every hop is a trusted proxy. */
  | 'only-trusted-hops'

/** One step of the walk from the peer towards the client, in the order in which it was looked at. */
export interface Hop {
  from: 'peer' | 'header'
  /** As it was sent, at most 60 characters. */
  text: string
  address: Address | null
  trusted: boolean
  /** This hop is the answer. */
  taken: boolean
}

export interface ClientAddress {
  address: Address | null
  because: ClientAddressBecause
  trace: readonly Hop[]
  /** An untrusted private or loopback peer that sent a forwarding header: most likely an undeclared proxy. */
  undeclaredProxy: Address | null
}

/**
 * Who the client is. The peer is believed only about itself, unless `trust` names it: then the header's hops
 * are walked from the right, all lines joined in order, and the first untrusted one is the client.
 * `forwarded` is read by RFC 7239, any other header as a comma-separated list of addresses. Never throws;
 * linear. The answer lies in a trusted range only where a trusted peer sent no header.
 */
export function resolveClientAddress(input: {
  peer: string | null
  headerName: string
  headerLines: readonly string[]
  trust: Trust
  forwardingHeadersSeen: boolean
}): ClientAddress {
  const { peer, headerName, headerLines, trust, forwardingHeadersSeen } = input
  if (peer === null) return unknown('no-stamp', [])
  const address = parsePeer(peer)
  if (!address) return unknown('peer-malformed', [hop('peer', peer, null, false)])
  if (!trust.trusts(address)) {
    const trace = [{ ...hop('peer', peer, address, false), taken: true }]
    const undeclaredProxy = forwardingHeadersSeen && isPrivateOrLoopback(address) ? address : null
    return { address, because: 'peer-is-client', trace, undeclaredProxy }
  }
  const first = hop('peer', peer, address, true)
  if (headerLines.length === 0) {
    return { address, because: 'header-absent', trace: [{ ...first, taken: true }], undeclaredProxy: null }
  }
  return walk(headerName.toLowerCase(), headerLines, trust, [first])
}

/** A peer may carry a zone (`fe80::1%eth0`), which is dropped. */
function parsePeer(peer: string): Address | null {
  const bare = peer.replace(/%.*/s, '')
  return parseAddress(bare.includes(':') ? bare : peer)
}

function walk(headerName: string, lines: readonly string[], trust: Trust, trace: Hop[]): ClientAddress {
  for (let line = lines.length - 1; line >= 0; line--) {
    for (const { text, address } of parseHops(headerName, lines[line] as string)) {
      const seen = hop('header', text, address, false)
      trace.push(seen)
      if (!address) return unknown('hop-malformed', trace)
      seen.trusted = trust.trusts(address)
      if (seen.trusted) continue
      seen.taken = true
      return { address, because: 'forwarded', trace, undeclaredProxy: null }
    }
  }
  return unknown('only-trusted-hops', trace)
}

function unknown(because: ClientAddressBecause, trace: Hop[]): ClientAddress {
  return { address: null, because, trace, undeclaredProxy: null }
}

function hop(from: Hop['from'], text: string, address: Address | null, trusted: boolean): Hop {
  return { from, text: excerpt(text), address, trusted, taken: false }
}

const NOT_PUBLIC: readonly Range[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '::1',
  'fe80::/10',
  'fc00::/7',
].map((start) => {
  const parsed = parseRange({ start })
  if (!parsed.ok) throw new Error(`${start} is not a range`)
  return parsed.range
})

/** RFC 1918, RFC 6598 shared space, loopback, link-local (RFC 3927, RFC 4291) and unique local (RFC 4193). */
export function isPrivateOrLoopback(address: Address): boolean {
  return NOT_PUBLIC.some((range) => containsAddress(range, address))
}

/** Whether any address of the range is of that kind. */
export function holdsPrivateAddress(range: Range): boolean {
  return NOT_PUBLIC.some((one) => overlaps(one, range))
}
