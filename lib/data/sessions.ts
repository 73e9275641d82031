import type { Address } from '../core/address'
import type { Surface } from '../core/allowlist'
import type { Actor, Role } from '../core/permissions'
import { isSessionLive, SESSION_TOUCH_MS } from '../core/session'
import { type AccountSwitches, type SwitchesRow, switchesOf } from './account-switches'
import { recordAudit } from './audit'
import { database, lockAccount, type Transaction, transact } from './database'
import { hasFactor, needsFactor } from './factors'
import { instant } from './instants'
import { livingSessions } from './living'

/** Everything a request needs to know about who asks: session, agent and account, read in one query. */
export interface SessionSnapshot {
  id: string
  surface: Surface
  createdAtMs: number
  /** When the password was last proven. */
  provenAt: Date
  /** Good for enrolling a second factor, and for nothing else. */
  mustEnrol: boolean
  agent: {
    id: string
    name: string
    email: string
    role: Role
    managesSecurity: boolean
    managesAgents: boolean
    passwordTemporary: boolean
  }
  account: AccountSwitches & { name: string }
}

type Row = SwitchesRow &
  Record<'id' | 'surface' | 'agentId' | 'agentName' | 'email' | 'role' | 'accountName', string> &
  Record<
    'managesSecurity' | 'managesAgents' | 'passwordTemporary' | 'agentEnabled' | 'mustEnrol',
    boolean | number
  > &
  Record<'createdAt' | 'lastSeenAt', string | Date> & {
    endedAt: string | Date | null
    provenAt: string | Date | null
  }

/** The live session of that id with an enabled agent, or null. Writes last-seen at most once a minute. */
export async function findLiveSession(
  id: string,
  nowMs: number,
  address: Address | null,
): Promise<SessionSnapshot | null> {
  const [row] = await database().$queryRaw<Row[]>`
    SELECT s."id", s."surface", s."createdAt", s."lastSeenAt", s."endedAt", s."provenAt", s."mustEnrol",
           g."id" AS "agentId", g."name" AS "agentName", g."email", g."role", g."managesSecurity", g."managesAgents",
           g."passwordTemporary", g."enabled" AS "agentEnabled",
           a."id" AS "accountId", a."name" AS "accountName", a."allowlistEnabled", a."mobileEnforced",
           a."offUntil", a."revertAt", a."checkEveryRequest", a."allowlistVersion"
    FROM "Session" s JOIN "Agent" g ON g."id" = s."agentId" JOIN "Account" a ON a."id" = s."accountId"
    WHERE s."id" = ${id}`
  if (!row?.agentEnabled) return null
  const lastSeenAtMs = instant(row.lastSeenAt)
  const times = {
    createdAtMs: instant(row.createdAt),
    lastSeenAtMs,
    endedAtMs: row.endedAt ? instant(row.endedAt) : null,
  }
  if (!isSessionLive(times, nowMs)) return null
  if (nowMs - lastSeenAtMs >= SESSION_TOUCH_MS)
    await transact((tx) =>
      tx.session.updateMany({
        where: { id, endedAt: null },
        data: { lastSeenAt: new Date(nowMs), lastAddress: address },
      }),
    )
  return snapshot(row, times.createdAtMs, nowMs)
}

function snapshot(row: Row, createdAtMs: number, nowMs: number): SessionSnapshot {
  return {
    id: row.id,
    surface: row.surface as Surface,
    createdAtMs,
    provenAt: new Date(row.provenAt ? instant(row.provenAt) : createdAtMs),
    mustEnrol: Boolean(row.mustEnrol),
    agent: {
      id: row.agentId,
      name: row.agentName,
      email: row.email,
      role: row.role as Role,
      managesSecurity: Boolean(row.managesSecurity),
      managesAgents: Boolean(row.managesAgents),
      passwordTemporary: Boolean(row.passwordTemporary),
    },
    account: { ...switchesOf(row, nowMs), name: row.accountName },
  }
}

/**
 * A session to be started. `passwordChangedAt`: of the password that was proven, at `provenAt`; `factorProven`: a
 * second factor along with it.
 */
export interface SessionStart {
  accountId: string
  agentId: string
  passwordChangedAt: Date
  provenAt: Date
  factorProven: boolean
  surface: Surface
  address: Address | null
  device: string
}

/**
 * A new web session of an agent who proved who they are and was admitted. Null when they were disabled or their
 * password was changed since they proved it: that ended everything, so nothing may begin behind it. Null as well when
 * they have a second factor that was not proven. Who needs one and has none gets a session for enrolling one.
 */
export async function startSession(tx: Transaction, start: SessionStart): Promise<{ id: string } | null> {
  const { passwordChangedAt, factorProven, ...session } = start
  const { count } = await tx.agent.updateMany({
    where: { id: start.agentId, enabled: true, passwordChangedAt },
    data: { lastSignInAt: new Date() },
  })
  if (count === 0) return null
  const isEnrolled = await hasFactor(tx, start.agentId)
  if (isEnrolled && !factorProven) return null
  const { role } = await tx.agent.findUniqueOrThrow({ where: { id: start.agentId }, select: { role: true } })
  const mustEnrol = !isEnrolled && (await needsFactor(tx, { accountId: start.accountId, role }))
  const data = { ...session, mustEnrol, lastAddress: start.address }
  return tx.session.create({ data, select: { id: true } })
}

/** The person of a running session proved the password again; answers when. */
export async function markProven(sessionId: string, agentId: string, now = new Date()): Promise<Date> {
  await transact((tx) =>
    tx.session.updateMany({ where: { id: sessionId, agentId, endedAt: null }, data: { provenAt: now } }),
  )
  return now
}

export type EndedBecause =
  | 'signed-out'
  | 'replaced'
  | 'ended-by-agent'
  | 'ended-by-admin'
  | 'password-changed'
  | 'disabled'
  | 'role-changed'
  | 'factor-reset'
  | 'outside-list'

/** Ends every live web session of one agent that matches; answers how many. */
export async function endSessions(
  tx: Transaction,
  which: { accountId: string; agentId: string; exceptId?: string; onlyId?: string },
  because: EndedBecause,
): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: {
      accountId: which.accountId,
      agentId: which.agentId,
      endedAt: null,
      ...(which.exceptId ? { id: { not: which.exceptId } } : {}),
      ...(which.onlyId ? { id: which.onlyId } : {}),
    },
    data: { endedAt: new Date(), endedBecause: because },
  })
  return count
}

/** Signs one session out; ending it twice changes nothing. */
export async function endOwnSession(
  actor: Actor,
  sessionId: string,
  because: EndedBecause,
): Promise<boolean> {
  return transact(async (tx) => {
    await lockAccount(tx, actor.accountId)
    return endOne(tx, actor, sessionId, because)
  })
}

/** Ends the session of a browser in which somebody signs in anew, in the transaction of that sign-in, which holds the account. */
export async function replaceSession(tx: Transaction, actor: Actor, sessionId: string): Promise<void> {
  await endOne(tx, actor, sessionId, 'replaced')
}

async function endOne(
  tx: Transaction,
  actor: Actor,
  sessionId: string,
  because: EndedBecause,
): Promise<boolean> {
  const { accountId, agentId } = actor
  if (!agentId) return false
  const count = await endSessions(tx, { accountId, agentId, onlyId: sessionId }, because)
  if (count > 0)
    await recordAudit(tx, actor, {
      action: 'session.ended',
      subject: { type: 'session', id: sessionId, name: actor.name },
      after: { because },
    })
  return count > 0
}

/** The live web sessions of the actor, latest first. */
export async function listOwnSessions(actor: Actor, nowMs: number) {
  return database().session.findMany({
    where: { accountId: actor.accountId, agentId: actor.agentId ?? '', ...livingSessions(nowMs) },
    orderBy: { lastSeenAt: 'desc' },
    take: 100,
  })
}
