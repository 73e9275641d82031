import type { Address } from '@/lib/core/address'
import { judgeRefreshToken, type TokenClaims } from '@/lib/core/mobile'
import { MobileRefreshSchema } from '@/lib/core/mobile-schemas'
import { ApiProblem } from '@/lib/core/problem'
import { deriveTokens, readToken } from '@/lib/data/device-tokens'
import { type Device, endDevice, findDevice, rotateDevice } from '@/lib/data/devices'
import { admit } from '@/lib/server/admit'
import { answer, api } from '@/lib/server/api'
import { readBody } from '@/lib/server/api-body'
import { type Client, clientOf } from '@/lib/server/client'
import { describeAgent, refusal } from '@/lib/server/mobile'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({ POST: refresh })

/** Token, reuse, agent, allowlist, in this order; the token is rotated with the verdict that admits it. */
async function refresh(request: Request): Promise<Response> {
  const { refreshToken } = await readBody(request, MobileRefreshSchema)
  const client = clientOf(request.headers)
  const { address } = client
  const claims = readToken('refresh', refreshToken)
  if (!claims) throw invalid()
  const device = await requireGoodToken(claims, address)
  await rotateAdmitted(claims, device, client)
  const rotated = await latestPair(claims, device)
  return answer(200, { ...deriveTokens(rotated), agent: describeAgent(rotated.agent) })
}

async function requireGoodToken(claims: TokenClaims, address: Address | null): Promise<Device> {
  const device = await findDevice(claims.deviceId)
  if (!device) throw invalid()
  const verdict = judgeRefreshToken(claims, device, Date.now())
  switch (verdict) {
    case 'expired':
      throw invalid()
    case 'reused':
      await endDevice(device, 'token-reused', { address })
      throw ended('This refresh token was used before, so the session of this device has ended.')
    case 'ended':
      throw ended('The session of this device has ended.')
    case 'current':
    case 'predecessor':
      if (!device.agent.enabled) throw ended('The session of this device has ended.')
      return device
  }
}

/** The predecessor is admitted to the pair that is there. */
async function rotateAdmitted(claims: TokenClaims, device: Device, client: Client): Promise<void> {
  const accountId = device.account.id
  const { id: agentId, email, role } = device.agent
  const entrant = { ...client, accountId, agentId, email, surface: 'MOBILE', device: device.name } as const
  const isLatest = claims.generation === device.generation
  const { admit: isAdmitted } = await admit(
    entrant,
    async (tx) => isLatest && rotateDevice(tx, device, client.address, new Date()),
  )
  if (!isAdmitted) throw await refusal({ role, accountId }, client.address)
}

/** The next pair; for the predecessor, and for who lost a race against another call, the pair that is there. */
async function latestPair(claims: TokenClaims, device: Device): Promise<Device> {
  const current = await findDevice(device.id)
  const verdict = current && judgeRefreshToken(claims, current, Date.now())
  if (!current || verdict !== 'predecessor' || !current.agent.enabled)
    throw ended('The session of this device has ended.')
  return current
}

function invalid(): ApiProblem {
  return new ApiProblem('invalid-token', 'The refresh token is unknown or expired. Sign in again.')
}

function ended(detail: string): ApiProblem {
  return new ApiProblem('session-ended', `${detail} Sign in again.`)
}
