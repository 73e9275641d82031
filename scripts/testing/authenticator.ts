import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const [USER_PRESENT, HAS_CREDENTIAL] = [0x01, 0x40]

/** A security key in software (WebAuthn Level 2): makes one ES256 credential and signs with it, for any site it is told. */
export function softwareKey({ rpId = 'localhost', origin = 'http://localhost:3000' } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  let counter = 0
  const client = (type: string, challenge: string, at: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: at, crossOrigin: false }))
  const data = (flags: number, site: string) => {
    const head = Buffer.alloc(5)
    head.writeUInt8(flags)
    head.writeUInt32BE(++counter, 1)
    return Buffer.concat([sha256(site), head])
  }
  const answer = (response: Record<string, unknown>) =>
    JSON.stringify({
      ...{ id: id.toString('base64url'), rawId: id.toString('base64url'), type: 'public-key' },
      response,
      clientExtensionResults: {},
    })
  return {
    id: id.toString('base64url'),
    /** What the browser answers to registration options. */
    register(options: string, { site = rpId, at = origin } = {}): string {
      const length = Buffer.from([id.length >> 8, id.length & 0xff])
      const credential = Buffer.concat([
        Buffer.alloc(16),
        length,
        id,
        cose(publicKey.export({ format: 'jwk' })),
      ])
      const authData = Buffer.concat([data(USER_PRESENT | HAS_CREDENTIAL, site), credential])
      const attestation = isoCBOR.encode(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', new Uint8Array(authData)],
        ]) as never,
      )
      return answer({
        clientDataJSON: client('webauthn.create', JSON.parse(options).challenge, at).toString('base64url'),
        attestationObject: Buffer.from(attestation).toString('base64url'),
        transports: ['usb'],
      })
    },
    /** What the browser answers to authentication options. */
    sign(options: string, { site = rpId, at = origin } = {}): string {
      const authData = data(USER_PRESENT, site)
      const clientData = client('webauthn.get', JSON.parse(options).challenge, at)
      const signer = createSign('SHA256').update(Buffer.concat([authData, sha256(clientData)]))
      return answer({
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: signer.sign(privateKey).toString('base64url'),
      })
    },
    /** A copy of the key that lags behind it. */
    rewind(to: number): void {
      counter = to
    },
  }
}

function sha256(text: string | Buffer): Buffer {
  return createHash('sha256').update(text).digest()
}

/** An ES256 key as COSE has it (RFC 9053). */
function cose({ x = '', y = '' }: { x?: string; y?: string }): Buffer {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'))
  const key = new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, bytes(x)],
    [-3, bytes(y)],
  ])
  return Buffer.from(isoCBOR.encode(key as never))
}
