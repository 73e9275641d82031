import { MobileSignInSchema } from '@/lib/core/mobile-schemas'
import { ApiProblem } from '@/lib/core/problem'
import { throttledMessage } from '@/lib/core/rate-limit'
import { evidenceOf } from '@/lib/core/sign-in-evidence'
import { deriveTokens } from '@/lib/data/device-tokens'
import { startDevice } from '@/lib/data/devices'
import { findFactorKinds, isFactorRequired } from '@/lib/data/factors'
import { answerHalfSignIns, beginHalfSignIn } from '@/lib/data/half-sign-ins'
import { tellOfRefusal } from '@/lib/data/refusal-notices'
import { admit } from '@/lib/server/admit'
import { answer, api } from '@/lib/server/api'
import { readBody } from '@/lib/server/api-body'
import { clientOf } from '@/lib/server/client'
import { measureSignIn } from '@/lib/server/measures'
import { describeAgent, refusal } from '@/lib/server/mobile'
import { type FactorAttempt, proveCode, recordFactorFailure } from '@/lib/server/second-factor'
import { proveIdentity } from '@/lib/server/sign-in'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = api({
  POST: (request) => measureSignIn('mobile', nameOfProblem, () => signIn(request)),
})

function nameOfProblem(error: unknown): string {
  return error instanceof ApiProblem ? error.kind : 'failed'
}

async function signIn(request: Request): Promise<Response> {
  const { email, password, device, otp } = await readBody(request, MobileSignInSchema)
  const client = clientOf(request.headers)
  const { address } = client
  const proof = await proveIdentity({
    ...{ ...client, email, password, surface: 'MOBILE', device },
    deviceToken: null,
  })
  if (proof.outcome === 'throttled') throw throttled(proof.minutes)
  if (proof.outcome === 'busy') throw busy()
  if (proof.outcome === 'wrong') throw wrong()
  const { agent } = proof
  const factorProven = await requireFactor(
    { ...client, agent, device, deviceToken: null, surface: 'MOBILE' },
    otp,
  )
  const entrant = { ...client, ...agent, agentId: agent.id, surface: 'MOBILE', device } as const
  const admission = await admit(entrant, (tx) =>
    startDevice(tx, agent, { name: device, address, factorProven }, new Date()),
  )
  if (!admission.admit) {
    await tellOfRefusal(agent, { address, surface: 'MOBILE', device })
    throw await refusal(agent, address)
  }
  const started = admission.begun
  if (!started) throw wrong()
  return answer(200, { ...deriveTokens(started), agent: describeAgent(started.agent) })
}

/** The second factor comes before the allowlist. True when there is one, and it was proven; throws ApiProblem 401. */
async function requireFactor(attempt: FactorAttempt, otp: string | null | undefined): Promise<boolean> {
  const { agent } = attempt
  if (!(await findFactorKinds(agent.id))) {
    if (!(await isFactorRequired(agent))) return false
    await recordFactorFailure(attempt, 'second-factor-missing')
    throw new ApiProblem(
      'second-factor-required',
      'Your account requires a second factor, and you have none yet. Sign in on the web to set one up.',
      { members: { enrolled: false } },
    )
  }
  if (!otp) {
    await beginHalfSignIn(agent, '', { ...attempt, evidence: evidenceOf(attempt, null) })
    throw new ApiProblem('second-factor-required', 'Send the code of your authenticator app as "otp".', {
      members: { enrolled: true },
    })
  }
  const proof = await proveCode(attempt, otp)
  if (proof.outcome === 'busy') {
    await recordFactorFailure(attempt, 'second-factor-not-looked-at')
    throw busy()
  }
  await answerHalfSignIns(agent.id, attempt)
  if (proof.outcome === 'throttled') throw throttled(proof.minutes)
  if (proof.outcome === 'wrong') throw wrong()
  return true
}

function wrong(): ApiProblem {
  return new ApiProblem('invalid-credentials', 'Email or password is incorrect.')
}

function busy(): ApiProblem {
  return new ApiProblem('unavailable', 'Too many people are signing in at once. Try again in a moment.', {
    headers: { 'retry-after': '10' },
  })
}

function throttled(minutes: number): ApiProblem {
  return new ApiProblem('too-many-attempts', throttledMessage(minutes), {
    headers: { 'retry-after': String(minutes * 60) },
  })
}
