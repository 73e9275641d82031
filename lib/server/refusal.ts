import 'server-only'
import { homeOf, parseDestination } from '../core/paths'
import { hasAnyPermission, type Rights } from '../core/permissions'
import { judge } from '../data/allowlist-reading'
import type { PendingSignIn } from '../data/pending-sign-ins'
import { currentPending } from './auth'
import { type Client, currentClient } from './client'
import { type Current, findCurrent } from './current'

/** Somebody whose identity is proven and whom the list refuses, as the blocked screen shows them. */
export interface Refusal {
  person: { name: string; email: string }
  isAdmin: boolean
  accountId: string
  client: Client
  /** When it was refused. */
  at: Date
  /** Where the person was going. */
  destination: string
  /** Null: only a running session is refused, so the password has to be asked again. */
  pending: PendingSignIn | null
  /** The list admits the address by now. */
  isAdmittedNow: boolean
}

/** Who is refused in this browser, or null when nobody is. `to`: where a running session was going. */
export async function readRefusal(to: string | null): Promise<Refusal | null> {
  const current = await findCurrent()
  const pending = await currentPending()
  if (pending) return refusalOfPending(pending, current)
  return current && !current.isAdmitted ? refusalOfSession(current, to) : null
}

async function refusalOfPending(pending: PendingSignIn, current: Current | null): Promise<Refusal> {
  const client = await currentClient()
  const { agent, account, surface } = pending
  const question = { surface, address: client.address, nowMs: Date.now() }
  const isSamePerson = current?.session.agent.id === agent.id
  return {
    person: agent,
    isAdmin: agent.role === 'ADMIN',
    accountId: account.id,
    client,
    at: pending.createdAt,
    destination: pending.destination,
    pending,
    isAdmittedNow: isSamePerson ? current.isAdmitted : (await judge(account, question)).admit,
  }
}

function refusalOfSession({ session, client }: Current, to: string | null): Refusal {
  const { agent, account } = session
  return {
    person: agent,
    isAdmin: agent.role === 'ADMIN',
    accountId: account.id,
    client,
    at: new Date(),
    destination: parseDestination(to) ?? homeOf(hasAnyPermission(agent satisfies Rights)),
    pending: null,
    isAdmittedNow: false,
  }
}
