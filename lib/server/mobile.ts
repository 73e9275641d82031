import 'server-only'
import { type Address, formatAddress } from '../core/address'
import { bearerToken } from '../core/bearer'
import { isAccessTokenLive } from '../core/mobile'
import { isPermitted, PERMISSIONS, type Rights, type Role } from '../core/permissions'
import { ApiProblem } from '../core/problem'
import { listContactsOf } from '../data/contacts'
import { readToken } from '../data/device-tokens'
import { type Device, findDevice } from '../data/devices'

/** The device behind the Bearer token of a request (RFC 6750). Throws ApiProblem 401. */
export async function requireDevice(headers: Headers): Promise<Device> {
  const token = bearerToken(headers)
  if (!token) throw new ApiProblem('invalid-token', 'Send an access token: Authorization: Bearer ...')
  const claims = readToken('access', token)
  const device = claims && (await findDevice(claims.deviceId))
  if (!claims || !device?.agent.enabled || !isAccessTokenLive(claims, device, Date.now()))
    throw new ApiProblem(
      'invalid-token',
      'The access token is unknown, expired or ended. Refresh it, or sign in.',
      {
        headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
      },
    )
  return device
}

/** Who somebody is, as the app is told. */
export function describeAgent(agent: Rights & { id: string; name: string; email: string }) {
  const { id, name, email, role } = agent
  return { id, name, email, role, permissions: PERMISSIONS.filter((one) => isPermitted(agent, one)) }
}

/** The refusal by the allowlist: an agent is told whom to ask, an admin may authorize the address on the web. */
export async function refusal(
  { role, accountId }: { role: Role; accountId: string },
  address: Address | null,
): Promise<ApiProblem> {
  const ip = address && formatAddress(address)
  const place = ip
    ? `${ip} is not on the allowlist.`
    : "Your address is not known, so it can't be on the allowlist."
  if (role === 'ADMIN')
    return new ApiProblem('ip-not-allowed', `${place} Sign in on the web from there to authorize it.`, {
      members: { ip, canAuthorize: true },
    })
  return new ApiProblem('ip-not-allowed', `${place} Contact your admins to get access from this network.`, {
    members: { ip, contacts: await listContactsOf(accountId) },
  })
}
