import { type Address, formatAddress } from './address'
import { type ClientAddress, isPrivateOrLoopback } from './client-address'
import { describeClientAddress, settingToCheck } from './client-address-words'
import type { RecentSignIn } from './impact'

/** The people who signed in lately, when all of them came from one address. */
export interface Crowd {
  people: number
  address: Address
}

/** Several people, and one address for all of them; else null. */
export function findCrowd(signIns: readonly Pick<RecentSignIn, 'agentId' | 'address'>[]): Crowd | null {
  const people = new Set(signIns.map(({ agentId }) => agentId)).size
  const [address = null, ...others] = new Set(signIns.map((signIn) => signIn.address))
  return people > 1 && address && others.length === 0 ? { people, address } : null
}

/** The usual mistakes in how Gatehouse learns addresses, as far as this request and recent sign-ins show them. */
export function warnAboutAddresses(
  resolved: ClientAddress,
  headerName: string,
  crowd: Crowd | null,
): string[] {
  const warnings: string[] = []
  const proxy = resolved.undeclaredProxy
  if (proxy)
    warnings.push(
      `${formatAddress(proxy)} is a private address that sends forwarding headers, and isn’t trusted: most likely a proxy that nobody declared. Then everybody behind it seems to come from it. ${declare(proxy)}`,
    )
  if (resolved.because === 'header-absent' && resolved.address)
    warnings.push(
      `The trusted proxy ${formatAddress(resolved.address)} sent no header ${headerName}, so everybody behind it seems to come from it. The proxy has to write that header, or CLIENT_IP_HEADER has to name the one that it writes.`,
    )
  if (resolved.address === null)
    warnings.push(`${describeClientAddress(resolved, headerName)} ${settingToCheck(resolved)}`)
  if (crowd && crowd.address !== proxy && isPrivateOrLoopback(crowd.address))
    warnings.push(
      `All ${crowd.people} people who signed in lately came from ${formatAddress(crowd.address)}, a private address: most likely a proxy that nobody declared. ${declare(crowd.address)}`,
    )
  return warnings
}

function declare(proxy: Address): string {
  return `The operator should set TRUSTED_PROXIES=${formatAddress(proxy)}.`
}
