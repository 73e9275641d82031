import { randomBytes } from 'node:crypto'
import { type Address, addressFromBigInt, formatAddress } from '@/lib/core/address'
import { NOTHING_ASKED } from '@/lib/core/allowlist-change'
import { parseRange, type Range } from '@/lib/core/range'
import { createAccount, operatorOf } from '@/lib/data/accounts'
import { addAgent, setAgentEnabled } from '@/lib/data/agents'
import { bumpVersion } from '@/lib/data/allowlist'
import { addRange, deleteRange } from '@/lib/data/allowlist-ranges'
import { setCheckEveryRequest, setMobileEnforced, turnOff, turnOn } from '@/lib/data/allowlist-switches'
import { database, transact } from '@/lib/data/database'
import type { Account, Person, Verbs, Wanted } from './protocol'

const PASSWORD = 'a long enough password'
const NO_ONE_ENDS = { endSessionsOutside: false, exceptSessionId: null }

export const verbs: Verbs = {
  account: makeAccount,

  async ranges(accountId) {
    const rows = await database().range.findMany({ where: { accountId }, orderBy: { createdAt: 'asc' } })
    return rows.map(({ id, start, end, origin, description, enabled, expiresAt }) => ({
      ...{ id, origin, description, enabled },
      start: formatAddress(start as Address),
      end: formatAddress(end as Address),
      expiresAt: expiresAt?.toISOString() ?? null,
    }))
  },

  switches: (accountId) => database().account.findUniqueOrThrow({ where: { id: accountId } }),

  async audit(accountId) {
    const rows = await database().auditEvent.findMany({ where: { accountId }, orderBy: { id: 'asc' } })
    return rows.map(({ action, actorName, via, address }) => ({
      action,
      actorName,
      via,
      address: readable(address),
    }))
  },

  async signIns(accountId) {
    const rows = await database().signInEvent.findMany({ where: { accountId }, orderBy: { id: 'asc' } })
    return rows.map(({ outcome, because, surface, address, rangeText }) => ({
      ...{ outcome, because, surface, rangeText },
      address: readable(address),
    }))
  },

  async sessions(agentId) {
    const rows = await database().session.findMany({ where: { agentId }, orderBy: { id: 'asc' } })
    return rows.map(({ id, endedAt, endedBecause }) => ({ id, endedBecause, isEnded: endedAt !== null }))
  },

  async outbox(accountId) {
    const rows = await database().outboxMail.findMany({ where: { accountId }, orderBy: { id: 'asc' } })
    return rows.map(({ kind, sentAt, sealed, attempts }) => ({
      kind,
      sent: sentAt !== null,
      sealed: sealed !== null,
      attempts,
    }))
  },

  async expireLinks(agentId) {
    await transact((tx) =>
      tx.authorizationLink.updateMany({ where: { agentId }, data: { expiresAt: anHourAgo() } }),
    )
  },

  async expirePending(agentId) {
    await transact((tx) =>
      tx.pendingSignIn.updateMany({ where: { agentId }, data: { expiresAt: anHourAgo() } }),
    )
  },

  async expireRanges(accountId) {
    await transact(async (tx) => {
      await tx.range.updateMany({ where: { accountId }, data: { expiresAt: anHourAgo() } })
      await bumpVersion(tx, accountId)
    })
  },

  async ageLinkRequests(agentId) {
    const requestedAt = new Date(Date.now() - 2 * 60_000)
    await transact((tx) => tx.authorizationLink.updateMany({ where: { agentId }, data: { requestedAt } }))
  },

  async demote(agentId) {
    await transact((tx) => tx.agent.update({ where: { id: agentId }, data: { role: 'AGENT' } }))
  },

  async disable(agentId) {
    const { accountId } = await database().agent.findUniqueOrThrow({ where: { id: agentId } })
    const outcome = await setAgentEnabled(operatorOf(accountId), agentId, false)
    if (typeof outcome === 'string') throw new Error(`not disabled: ${outcome}`)
  },

  async setAllowlist(accountId, on) {
    if (on) await turnOn(operatorOf(accountId), NO_ONE_ENDS, NOTHING_ASKED)
    else await turnOff(operatorOf(accountId), NOTHING_ASKED)
  },

  addRange: putRange,

  async removeRanges(accountId) {
    for (const { id } of await database().range.findMany({ where: { accountId }, select: { id: true } }))
      await deleteRange(operatorOf(accountId), { id }, NOTHING_ASKED)
  },

  /** Documentation addresses first (198.18.0.0/15, RFC 2544), each its own range. */
  async fillRanges(accountId, count) {
    const first = 0xc612_0000n
    const data = Array.from({ length: count }, (_, at) => {
      const address = addressFromBigInt(4, first + 2n * BigInt(at))
      return {
        accountId,
        start: address,
        end: address,
        description: `Branch ${at + 1}`,
        origin: 'IMPORT' as const,
        addedByName: 'Operator',
      }
    })
    await transact(async (tx) => {
      for (let at = 0; at < data.length; at += 500)
        await tx.range.createMany({ data: data.slice(at, at + 500) })
      await bumpVersion(tx, accountId)
    })
  },
}

async function makeAccount(wanted: Wanted): Promise<Account> {
  const { name = 'Northwind', admins = ['Ana Silva'], agents = [], ranges = [] } = wanted
  const [first = 'Ana Silva', ...others] = admins
  const mark = randomBytes(4).toString('hex')
  const founder = person(first, mark)
  const created = await createAccount({
    accountName: name,
    name: first,
    email: founder.email,
    password: PASSWORD,
  })
  if (created === 'email-taken') throw new Error('e-mail taken')
  const id = created.accountId
  const people = { [keyOf(first)]: { ...founder, id: created.agentId } }
  const more = [
    ...others.map((other) => ({
      name: other,
      role: 'ADMIN' as const,
      managesSecurity: false,
      managesAgents: false,
    })),
    ...agents.map((agent) => ({
      managesSecurity: false,
      managesAgents: false,
      ...agent,
      role: 'AGENT' as const,
    })),
  ]
  for (const one of more) {
    const someone = person(one.name, mark)
    const added = await addAgent(operatorOf(id), { ...one, email: someone.email }, PASSWORD)
    if (typeof added === 'string') throw new Error(`not added: ${added}`)
    people[keyOf(one.name)] = { ...someone, id: added.agentId }
  }
  for (const start of ranges) await putRange(id, start)
  if (wanted.allowlistOn) await verbs.setAllowlist(id, true)
  if (wanted.mobileEnforced) await setMobileEnforced(operatorOf(id), true, NOTHING_ASKED)
  if (wanted.checkEveryRequest) await setCheckEveryRequest(operatorOf(id), true, NOTHING_ASKED)
  return { id, name, people }
}

function person(name: string, mark: string): Person {
  return { id: '', name, email: `${keyOf(name)}.${mark}@example.com`, password: PASSWORD }
}

function keyOf(name: string): string {
  return name.split(' ')[0]?.toLowerCase() ?? name
}

async function putRange(accountId: string, start: string): Promise<void> {
  const outcome = await addRange(
    operatorOf(accountId),
    { range: rangeOf(start), description: '', origin: 'CLI', expiresAt: null },
    NOTHING_ASKED,
  )
  if (outcome.outcome !== 'added') throw new Error(`${start} not added: ${outcome.outcome}`)
}

function rangeOf(start: string): Range {
  const parsed = parseRange({ start })
  if (!parsed.ok) throw new Error(`${start} is not a range`)
  return parsed.range
}

function readable(address: string | null): string | null {
  return address && formatAddress(address as Address)
}

function anHourAgo(): Date {
  return new Date(Date.now() - 60 * 60_000)
}
