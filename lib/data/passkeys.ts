import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Actor } from '../core/permissions'
import { ENROLMENT_LIFETIME_MS, PASSKEYS_MAX, type RelyingParty, relyingPartyOf } from '../core/second-factor'
import { env } from '../env'
import { database, isUniqueViolation, lockAccount, transact } from './database'
import { addFactor, type Enrolled } from './factor-changes'
import { newRecoveryCodes } from './recovery-codes'

/** Whom passkeys are made for, out of APP_URL alone; null where browsers have none. */
export function relyingParty(): RelyingParty | null {
  return relyingPartyOf(env().APP_URL)
}

/** What the browser has to know to make a passkey, as JSON text. The challenge counts once, for this session. */
export async function beginPasskey(
  actor: Actor,
  { email, sessionId }: { email: string; sessionId: string },
  now = new Date(),
): Promise<string | 'unavailable' | 'too-many'> {
  const party = relyingParty()
  const { agentId } = actor
  if (!party || !agentId) return 'unavailable'
  const existing = await database().passkey.findMany({ where: { agentId } })
  if (existing.length >= PASSKEYS_MAX) return 'too-many'
  const options = await generateRegistrationOptions({
    rpName: 'Gatehouse',
    rpID: party.id,
    userID: new Uint8Array(Buffer.from(agentId)),
    userName: email,
    userDisplayName: actor.name,
    attestationType: 'none',
    excludeCredentials: existing.map(describe),
    // A second factor beside the password: it need not find the person by itself.
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  })
  await rememberChallenge(sessionId, options.challenge, now)
  return JSON.stringify(options)
}

/** Keeps the passkey that the browser made. `invalid`: it isn't for this site, or not for this challenge. */
export async function finishPasskey(
  actor: Actor,
  { name, response, sessionId }: { name: string; response: string; sessionId: string },
  now = new Date(),
): Promise<Enrolled | 'invalid'> {
  const { accountId, agentId } = actor
  const challenge = await takeChallenge(sessionId, now)
  const party = relyingParty()
  const given = parseJson<RegistrationResponseJSON>(response)
  if (!challenge || !party || !agentId || !given) return 'invalid'
  const checked = await verifyRegistrationResponse({
    response: given,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: false,
  }).catch(() => null)
  if (!checked?.verified) return 'invalid'
  const { credential } = checked.registrationInfo
  const codes = await newRecoveryCodes()
  const row = {
    accountId,
    agentId,
    name,
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    counter: BigInt(credential.counter),
    transports: knownTransports(credential.transports).join(','),
  }
  try {
    return await transact(async (tx) => {
      await lockAccount(tx, accountId)
      if ((await tx.passkey.count({ where: { agentId } })) >= PASSKEYS_MAX) return 'invalid'
      const factor = { kind: 'passkey', name } as const
      const add = async () => (await tx.passkey.create({ data: row, select: { id: true } })).id
      return (await addFactor(tx, actor, { factor, add, codes, sessionId }, now)) ?? 'invalid'
    })
  } catch (error) {
    if (isUniqueViolation(error)) return 'invalid'
    throw error
  }
}

/** What the browser has to know to use one of the agent's passkeys, as JSON text; null when there is none to use. */
export async function askForPasskey(
  { holderId, agentId }: { holderId: string; agentId: string },
  now = new Date(),
): Promise<string | null> {
  const party = relyingParty()
  const existing = await database().passkey.findMany({ where: { agentId } })
  if (!party || existing.length === 0) return null
  const options = await generateAuthenticationOptions({
    rpID: party.id,
    allowCredentials: existing.map(describe),
    userVerification: 'preferred',
  })
  await rememberChallenge(holderId, options.challenge, now)
  return JSON.stringify(options)
}

/** Whether this is the answer of one of the agent's passkeys to the challenge of this holder. Spends the challenge. */
export async function spendPasskey(
  { holderId, agentId }: { holderId: string; agentId: string },
  response: string,
  now = new Date(),
): Promise<boolean> {
  const challenge = await takeChallenge(holderId, now)
  const party = relyingParty()
  const given = parseJson<AuthenticationResponseJSON>(response)
  if (!challenge || !party || !given) return false
  const own = await database().passkey.findMany({ where: { agentId } })
  const passkey = own.find(({ credentialId }) => credentialId === given.id)
  if (!passkey) return false
  const checked = await verifyAuthenticationResponse({
    response: given,
    expectedChallenge: challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    requireUserVerification: false,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: Number(passkey.counter),
    },
  }).catch(() => null)
  if (!checked?.verified) return false
  return transact(async (tx) => {
    const { count } = await tx.passkey.updateMany({
      where: { id: passkey.id, agentId, counter: passkey.counter },
      data: { counter: BigInt(checked.authenticationInfo.newCounter), lastUsedAt: now },
    })
    return count === 1
  })
}

/** One challenge a holder: a new one takes the place of the last. */
async function rememberChallenge(holderId: string, challenge: string, now: Date): Promise<void> {
  const data = { challenge, expiresAt: new Date(now.getTime() + ENROLMENT_LIFETIME_MS) }
  await transact((tx) =>
    tx.passkeyChallenge.upsert({ where: { holderId }, create: { holderId, ...data }, update: data }),
  )
}

/** The challenge of a holder, for the one caller who takes it away. */
async function takeChallenge(holderId: string, now: Date): Promise<string | null> {
  const row = await database().passkeyChallenge.findUnique({ where: { holderId } })
  if (!row) return null
  return transact(async (tx) => {
    const { challenge } = row
    const { count } = await tx.passkeyChallenge.deleteMany({
      where: { holderId, challenge, expiresAt: { gt: now } },
    })
    return count === 1 ? challenge : null
  })
}

/** How a key can be reached (WebAuthn §5.8.4). The answer that said so may be forged, and nothing of this is signed. */
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const

function knownTransports(said: unknown) {
  return TRANSPORTS.filter((one) => Array.isArray(said) && said.includes(one))
}

function describe({ credentialId, transports }: { credentialId: string; transports: string }) {
  return { id: credentialId, transports: knownTransports(transports.split(',')) }
}

function parseJson<T extends object>(text: string): T | null {
  try {
    const value: unknown = JSON.parse(text)
    return value && typeof value === 'object' ? (value as T) : null
  } catch {
    return null
  }
}
