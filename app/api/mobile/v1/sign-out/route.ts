import { ApiProblem } from '@/lib/core/problem'
import { endDevice } from '@/lib/data/devices'
import { answer, api } from '@/lib/server/api'
import { clientOf } from '@/lib/server/client'
import { requireDevice } from '@/lib/server/mobile'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({ POST: signOut })

/** Leaving is allowed from anywhere; of two calls at once one is answered 204, the other 401. */
async function signOut(request: Request): Promise<Response> {
  const device = await requireDevice(request.headers)
  const { address } = clientOf(request.headers)
  if (!(await endDevice(device, 'signed-out', { address })))
    throw new ApiProblem('invalid-token', 'The session of this device has ended.')
  return answer(204)
}
