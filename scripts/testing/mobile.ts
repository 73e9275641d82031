import { afterAll, beforeAll, vi } from 'vitest'
import { addRange } from '@/lib/data/allowlist-ranges'
import { setMobileEnforced, turnOn } from '@/lib/data/allowlist-switches'
import { database } from '@/lib/data/database'
import { answering, newRange, someAdmin, someColleague } from './allowlists'
import { openTestDatabase, type TEST_DATABASES } from './databases'
import { type Call, call, serveRoutes } from './route-server'

vi.stubEnv('AUTH_SECRET', 'a secret for tests, 32 characters at least')
vi.stubEnv('LOG_LEVEL', 'silent')

export const PASSWORD = 'correct horse battery'
const BASE = '/api/mobile/v1'

/** The mobile API over a real socket and a database of its own, for the tests of one `describe`. */
export function mobileApi(kind: (typeof TEST_DATABASES)[number]) {
  let port = 0
  const closing: (() => Promise<void>)[] = []
  beforeAll(async () => {
    closing.push(await openTestDatabase(kind))
    const server = await serveRoutes({
      [`${BASE}/sign-in`]: await import('@/app/api/mobile/v1/sign-in/route'),
      [`${BASE}/refresh`]: await import('@/app/api/mobile/v1/refresh/route'),
      [`${BASE}/me`]: await import('@/app/api/mobile/v1/me/route'),
      [`${BASE}/sign-out`]: await import('@/app/api/mobile/v1/sign-out/route'),
    })
    port = server.port
    closing.unshift(server.close)
  })
  afterAll(async () => {
    for (const close of closing) await close()
  })
  const ask = (name: string, options?: Call) => call(port, `${BASE}/${name}`, options)
  const refresh = (refreshToken: string, options: Call = {}) =>
    ask('refresh', { body: { refreshToken }, ...options })
  const signIn = (email: string, options: Call = {}) =>
    ask('sign-in', { body: { email, password: PASSWORD, device: 'Pixel 9' }, ...options })
  return { ask, refresh, signIn }
}

/** A fresh account with an admin and a plain agent. */
export async function team() {
  const admin = await someAdmin()
  const agent = await someColleague(admin, {})
  const { email } = await database().agent.findUniqueOrThrow({ where: { id: admin.agentId } })
  return { admin: { ...admin, email }, agent }
}

/** The list is on for the mobile app, with these ranges. */
export async function enforce(admin: Awaited<ReturnType<typeof someAdmin>>, ...ranges: string[]) {
  const asked = answering('anyway', 'admits-everyone')
  await setMobileEnforced(admin, true, asked)
  await turnOn(admin, { endSessionsOutside: false, exceptSessionId: null }, asked)
  for (const text of ranges) await addRange(admin, newRange(text), asked)
}

/** The one device of an agent. */
export const deviceOf = (agentId: string) => database().mobileDevice.findFirstOrThrow({ where: { agentId } })
