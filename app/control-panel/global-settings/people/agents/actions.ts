'use server'

import { revalidatePath } from 'next/cache'
import { AgentChoiceSchema, AgentEditSchema, AgentSwitchSchema } from '@/lib/core/agent-schemas'
import { PATHS } from '@/lib/core/paths'
import { endSessionsOf } from '@/lib/data/agent-endings'
import { resetPassword } from '@/lib/data/agent-passwords'
import { changeAgent, setAgentEnabled } from '@/lib/data/agents'
import { resetFactors } from '@/lib/data/factor-changes'
import { permittedAction } from '@/lib/server/action'
import { describeEnded, refusal } from './answers'

export const changeAgentAction = permittedAction('MANAGE_AGENTS', AgentEditSchema, async (edit, actor) => {
  const changed = await changeAgent(actor, edit)
  if (typeof changed === 'string') return refusal(changed)
  revalidatePath(PATHS.agents)
  const isSignedOut = changed.sessions + changed.devices > 0
  return {
    status: 'done',
    message: `${edit.name} was changed.${isSignedOut ? ` ${describeEnded(changed)}` : ''}`,
  }
})

export const switchAgentAction = permittedAction('MANAGE_AGENTS', AgentSwitchSchema, async (input, actor) => {
  const enabled = input.enabled === 'yes'
  const changed = await setAgentEnabled(actor, input.agentId, enabled)
  if (typeof changed === 'string') return refusal(changed)
  revalidatePath(PATHS.agents)
  return { status: 'done', message: enabled ? 'They can sign in again.' : describeEnded(changed) }
})

export const endSessionsAction = permittedAction('MANAGE_AGENTS', AgentChoiceSchema, async (input, actor) => {
  const ended = await endSessionsOf(actor, input.agentId)
  if (typeof ended === 'string') return refusal(ended)
  revalidatePath(PATHS.agents)
  return { status: 'done', message: describeEnded(ended) }
})

export const resetFactorsAction = permittedAction(
  'MANAGE_AGENTS',
  AgentChoiceSchema,
  async (input, actor) => {
    const reset = await resetFactors(actor, input.agentId)
    if (reset === 'no-factor') return { status: 'refused', message: 'They have no second factor.' }
    if (reset === 'own')
      return {
        status: 'refused',
        message: 'Your own second factors are managed on the Agent Console, or reset by another admin.',
      }
    if (typeof reset === 'string') return refusal(reset)
    revalidatePath(PATHS.agents)
    return { status: 'done', message: describeEnded(reset.ended) }
  },
)

export const newPasswordAction = permittedAction('MANAGE_AGENTS', AgentChoiceSchema, async (input, actor) => {
  const reset = await resetPassword(actor, input.agentId)
  if (typeof reset === 'string') return refusal(reset)
  revalidatePath(PATHS.agents)
  return { status: 'done', message: describeEnded(reset.ended), result: { password: reset.password } }
})
