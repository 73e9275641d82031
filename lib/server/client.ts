import 'server-only'
import { headers } from 'next/headers'
import type { Address } from '../core/address'
import { resolveClientAddress } from '../core/client-address'
import { describeClientAddress, settingToCheck } from '../core/client-address-words'
import { nameDevice } from '../core/device'
import type { WayHere } from '../core/sign-in-evidence'
import { env } from '../env'
import { originOf, STAMP_HEADER } from './stamp'

/** Who is on the other end of this request: address with its explanation, and the name of the browser. */
export interface Client extends WayHere {
  address: Address | null
  device: string
}

/** The client of the request at hand. */
export async function currentClient(): Promise<Client> {
  return clientOf(await headers())
}

/** The client of the request with these headers (as proxy and route handlers hold them). */
export function clientOf(headers: Headers): Client {
  const headerName = env().CLIENT_IP_HEADER
  const origin = originOf(headers.get(STAMP_HEADER))
  const resolved = resolveClientAddress({
    peer: origin?.peer ?? null,
    headerName,
    headerLines: origin?.headerLines ?? [],
    trust: env().trust,
    forwardingHeadersSeen: origin?.forwardingHeadersSeen ?? false,
  })
  return { address: resolved.address, resolved, headerName, device: nameDevice(headers.get('user-agent')) }
}

/** In words: how the client's address is known, or why not and what the operator has to set. */
export function explainClient({ resolved }: Client): { how: string; setting: string } {
  return { how: describeClientAddress(resolved, env().CLIENT_IP_HEADER), setting: settingToCheck(resolved) }
}
