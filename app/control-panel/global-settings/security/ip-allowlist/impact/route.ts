import { expiryInstant } from '@/lib/core/expiry'
import { type AskedChange, parseAskedChange } from '@/lib/core/impact-schemas'
import { isPermitted } from '@/lib/core/permissions'
import { type Draft, foresee } from '@/lib/data/allowlist-impact'
import { findCurrent } from '@/lib/server/current'
import { viewOf } from '../impact-view'

/**
 * Who would be refused after the change that a form is about to make: its fields, and `change`. Null while they make no
 * change. Reads only; the form's own action decides.
 */
export async function GET(request: Request): Promise<Response> {
  const current = await findCurrent()
  if (!current?.isAdmitted) return refuse(401)
  const { actor, session } = current
  if (session.mustEnrol || !isPermitted(actor, 'MANAGE_SECURITY')) return refuse(403)
  const asked = parseAskedChange(Object.fromEntries(new URL(request.url).searchParams))
  const now = new Date()
  const impact = asked && (await foresee(actor, draftOf(asked, now), { now }))
  return Response.json(impact && viewOf(impact, actor), { headers: { 'cache-control': 'no-store' } })
}

function refuse(status: 401 | 403): Response {
  return Response.json(null, { status, headers: { 'cache-control': 'no-store' } })
}

function draftOf({ change, input }: AskedChange, now: Date): Draft {
  switch (change) {
    case 'add': {
      const expiresAt = expiryInstant(input.expiry, null, now.getTime())
      return { change, ranges: [{ range: input.range, expiresAt }] }
    }
    case 'edit': {
      const { id, range, expiry } = input
      const expiresAt = expiry.kind === 'keep' ? undefined : expiryInstant(expiry, null, now.getTime())
      return { change, id, range, expiresAt }
    }
    case 'disable':
    case 'delete':
      return { change, id: input.id }
  }
}
