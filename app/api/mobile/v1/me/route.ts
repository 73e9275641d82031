import { SESSION_TOUCH_MS } from '@/lib/core/session'
import { touchDevice } from '@/lib/data/devices'
import { admitRequest } from '@/lib/server/admit'
import { answer, api } from '@/lib/server/api'
import { clientOf } from '@/lib/server/client'
import { describeAgent, refusal, requireDevice } from '@/lib/server/mobile'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({ GET: me })

async function me(request: Request): Promise<Response> {
  const device = await requireDevice(request.headers)
  const { account, agent } = device
  const { address } = clientOf(request.headers)
  if (!(await admitRequest(account, { surface: 'MOBILE', address })))
    throw await refusal({ role: agent.role, accountId: account.id }, address)
  const now = new Date()
  if (now.getTime() - device.lastSeenAtMs >= SESSION_TOUCH_MS) await touchDevice(device, address, now)
  return answer(200, { agent: describeAgent(agent) })
}
