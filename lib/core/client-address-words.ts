import { formatAddress } from './address'
import type { ClientAddress } from './client-address'

/** How Gatehouse knows the client's address, or what keeps it from knowing, in one sentence. */
export function describeClientAddress(resolved: ClientAddress, headerName: string): string {
  switch (resolved.because) {
    case 'peer-is-client':
      return 'It is the address that the connection came from.'
    case 'forwarded':
      return `A proxy you trust, ${peerOf(resolved)}, named it in the header ${headerName}.`
    case 'header-absent':
      return `It is the address that the connection came from: a proxy you trust, which sent no header ${headerName}.`
    case 'no-stamp':
      return 'The process that answers did not see the connection itself.'
    case 'peer-malformed':
      return 'The connection came from something that is not an IP address.'
    case 'hop-malformed':
      return `The proxy in front of Gatehouse sent a header ${headerName} that holds something other than addresses.`
    case 'only-trusted-hops':
      return `Every address in the header ${headerName} belongs to a trusted proxy, so none of them is yours.`
  }
}

/** Which setting the operator has to look at when the address is unknown. */
export function settingToCheck({ because }: Pick<ClientAddress, 'because'>): string {
  switch (because) {
    case 'hop-malformed':
      return 'The setting CLIENT_IP_HEADER has to name the one header that your proxy writes itself.'
    case 'only-trusted-hops':
      return 'The setting TRUSTED_PROXIES has to name your proxies alone, not the networks that people are in.'
    default:
      return 'Gatehouse has to be started with its own command, npm start; behind a proxy, TRUSTED_PROXIES has to name that proxy.'
  }
}

function peerOf({ trace }: ClientAddress): string {
  const peer = trace[0]
  return peer?.address ? formatAddress(peer.address) : (peer?.text ?? 'the proxy')
}
