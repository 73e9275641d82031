import { encode } from 'next-auth/jwt'
import { env } from '@/lib/env'
import { sessionCookie } from '@/lib/server/cookies'

/** In place of Next's own, which knows nobody outside of a running server: `vi.mock('next/headers', ...)` with this file. */
export async function headers(): Promise<Headers> {
  return asked
}

/** None but that of the session. */
export async function cookies(): Promise<{ get: () => undefined }> {
  return { get: () => undefined }
}

let asked = new Headers()

/** From now on the request at hand is one of this session, or of a stranger. `sent`: further headers, or others. */
export async function asks(sessionId: string | null, sent: Record<string, string> = {}): Promise<void> {
  asked = new Headers({ origin: env().APP_URL, ...sent })
  if (!sessionId) return
  const [secret, salt] = [env().AUTH_SECRET, sessionCookie()]
  asked.set('cookie', `${salt}=${await encode({ token: { sid: sessionId }, secret, salt })}`)
}

/** Where Next was told to lead, "403" for its own page, or what the work answered. */
export async function saidBy(work: Promise<unknown>): Promise<unknown> {
  try {
    return await work
  } catch (error) {
    const digest = String((error as { digest?: string }).digest)
    if (digest.startsWith('NEXT_REDIRECT')) return `to ${digest.split(';')[2]}`
    if (digest.startsWith('NEXT_HTTP_ERROR_FALLBACK')) return digest.split(';')[1]
    throw error
  }
}
