import { findUnreadiness } from '@/lib/data/readiness'
import { answer, api } from '@/lib/server/api'

export const dynamic = 'force-dynamic'

const LONGEST_MS = 2_000

/** 200 when this instance can admit people: the database answers and fits this version. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: ready })

async function ready(): Promise<Response> {
  const reason = await findUnreadiness(LONGEST_MS)
  return reason ? answer(503, { status: 'unavailable', reason }) : answer(200, { status: 'ready' })
}
