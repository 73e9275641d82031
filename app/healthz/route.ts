import { answer, api } from '@/lib/server/api'

export const dynamic = 'force-dynamic'

/** The process answers; whether it can work is for /readyz. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  GET: async () => answer(200, { status: 'ok' }),
})
