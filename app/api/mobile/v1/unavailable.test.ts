import { describe, expect, test, vi } from 'vitest'
import { closeDatabase, useDatabase } from '@/lib/data/database'
import { call, serveRoutes } from '@/scripts/testing/route-server'

vi.stubEnv('AUTH_SECRET', 'a secret for tests, 32 characters at least')
vi.stubEnv('LOG_LEVEL', 'silent')

describe('without a database', () => {
  test('nobody is admitted, and the answer is 503 in problem+json', async () => {
    await useDatabase('postgresql://nobody@127.0.0.1:9/none')
    const { POST } = await import('./sign-in/route')
    const { GET } = await import('./me/route')
    const { deriveTokens } = await import('@/lib/data/device-tokens')
    const server = await serveRoutes({ '/sign-in': { POST }, '/me': { GET } })
    const body = { email: 'a@example.com', password: 'x', device: 'x' }
    const times = { generation: 1, rotatedAtMs: Date.now(), createdAtMs: Date.now(), endedAtMs: null }
    const { accessToken } = deriveTokens({ id: '01a20a8a-aa80-757d-9117-82c29af34563', ...times })
    for (const answer of [
      await call(server.port, '/sign-in', { body }),
      await call(server.port, '/me', { token: accessToken }),
    ]) {
      expect(answer).toMatchObject({ status: 503, headers: { 'content-type': 'application/problem+json' } })
      expect(answer.json.type).toMatch(/\/unavailable$/)
    }
    await server.close()
    await closeDatabase()
  })
})
