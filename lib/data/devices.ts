import type { Address } from '../core/address'
import type { DeviceTimes } from '../core/mobile'
import type { Actor, Role } from '../core/permissions'
import { type AccountSwitches, type SwitchesRow, switchesOf } from './account-switches'
import { recordAudit } from './audit'
import { database, lockAccount, type Transaction, transact } from './database'
import { hasFactor, needsFactor } from './factors'
import type { Identity } from './identities'
import { newId } from './ids'
import { insertRow } from './insert-row'
import { instant } from './instants'
import { tellNewDevice } from './known-devices'

/** A phone with its person and the account's switches, as they are now. */
export interface Device extends DeviceTimes {
  id: string
  name: string
  lastSeenAtMs: number
  agent: {
    id: string
    name: string
    email: string
    role: Role
    managesSecurity: boolean
    managesAgents: boolean
    enabled: boolean
  }
  account: AccountSwitches
}

type Row = SwitchesRow &
  Record<'id' | 'name' | 'agentId' | 'agentName' | 'email' | 'role', string> &
  Record<'managesSecurity' | 'managesAgents' | 'agentEnabled', boolean | number> &
  Record<'rotatedAt' | 'createdAt' | 'lastSeenAt', string | Date> & {
    generation: number | bigint
    endedAt: string | Date | null
  }

/** The device of that id, ended or not, or null. */
export async function findDevice(id: string): Promise<Device | null> {
  return readDevice(database(), id)
}

/** One query, since every call of a phone asks. */
async function readDevice(from: Pick<Transaction, '$queryRaw'>, id: string): Promise<Device | null> {
  const [row] = await from.$queryRaw<Row[]>`
    SELECT d."id", d."name", d."generation", d."rotatedAt", d."createdAt", d."lastSeenAt", d."endedAt",
           g."id" AS "agentId", g."name" AS "agentName", g."email", g."role", g."managesSecurity", g."managesAgents",
           g."enabled" AS "agentEnabled",
           a."id" AS "accountId", a."allowlistEnabled", a."mobileEnforced", a."checkEveryRequest", a."allowlistVersion",
           a."offUntil", a."revertAt"
    FROM "MobileDevice" d JOIN "Agent" g ON g."id" = d."agentId" JOIN "Account" a ON a."id" = d."accountId"
    WHERE d."id" = ${id}`
  return row ? deviceOf(row) : null
}

function deviceOf(row: Row): Device {
  return {
    id: row.id,
    name: row.name,
    generation: Number(row.generation),
    rotatedAtMs: instant(row.rotatedAt),
    createdAtMs: instant(row.createdAt),
    lastSeenAtMs: instant(row.lastSeenAt),
    endedAtMs: row.endedAt ? instant(row.endedAt) : null,
    agent: {
      id: row.agentId,
      name: row.agentName,
      email: row.email,
      role: row.role as Role,
      managesSecurity: Boolean(row.managesSecurity),
      managesAgents: Boolean(row.managesAgents),
      enabled: Boolean(row.agentEnabled),
    },
    account: switchesOf(row, Date.now()),
  }
}

/**
 * Signs a phone in for somebody who proved who they are and is admitted, in the transaction that holds their account. Null
 * when they were disabled or their password was changed since they proved it: that ended everything, so nothing may begin
 * behind it. Null as well without the second factor that they have, or need.
 */
export async function startDevice(
  tx: Transaction,
  identity: Identity,
  start: { name: string; address: Address | null; factorProven: boolean },
  now: Date,
): Promise<Device | null> {
  const { accountId, id: agentId } = identity
  const { name, address, factorProven } = start
  if ((await hasFactor(tx, agentId)) ? !factorProven : await needsFactor(tx, identity)) return null
  // No secret of the phone outlives a sign-in, so each is on a new device; its name is its own word, not for a mail.
  await tellNewDevice(tx, { agentId, surface: 'MOBILE', device: 'A phone or tablet', address }, now)
  const stillTheSame = await tx.$executeRaw`
      UPDATE "Agent" SET "lastSignInAt" = ${now}
      WHERE "id" = ${agentId} AND "enabled" AND "passwordChangedAt" = ${identity.passwordChangedAt}`
  if (stillTheSame === 0) return null
  const id = newId(now.getTime())
  const times = { rotatedAt: now, createdAt: now, lastSeenAt: now }
  await insertRow(tx, 'MobileDevice', {
    ...{ id, accountId, agentId, name, address, lastAddress: address, generation: 1 },
    ...times,
  })
  await recordAudit(tx, actorOf(identity, accountId, address), {
    action: 'device.started',
    subject: { type: 'device', id, name },
  })
  return readDevice(tx, id)
}

/**
 * Moves the device on to its next generation, of any number of callers for exactly one; the others and a device ended
 * meanwhile get false.
 */
export async function rotateDevice(
  tx: Transaction,
  device: Device,
  address: Address | null,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.mobileDevice.updateMany({
    where: { id: device.id, generation: device.generation, endedAt: null },
    data: { generation: { increment: 1 }, rotatedAt: now, lastSeenAt: now, lastAddress: address },
  })
  return count === 1
}

/** Ends a device's session; false when it was ended already. */
export async function endDevice(
  device: Device,
  because: 'signed-out' | 'token-reused',
  from: { address: Address | null },
): Promise<boolean> {
  return transact(async (tx) => {
    await lockAccount(tx, device.account.id)
    const { count } = await tx.mobileDevice.updateMany({
      where: { id: device.id, endedAt: null },
      data: { endedAt: new Date(), endedBecause: because },
    })
    if (count === 0) return false
    await recordAudit(tx, actorOf(device.agent, device.account.id, from.address), {
      action: 'device.ended',
      subject: { type: 'device', id: device.id, name: device.name },
      after: { because },
    })
    return true
  })
}

/** Last-seen of a device in use. */
export async function touchDevice(device: Device, address: Address | null, now: Date): Promise<void> {
  await transact(async (tx) => {
    await tx.mobileDevice.updateMany({
      where: { id: device.id, endedAt: null },
      data: { lastSeenAt: now, lastAddress: address },
    })
  })
}

function actorOf(
  { id, name, role, managesSecurity, managesAgents }: Omit<Device['agent'], 'email' | 'enabled'>,
  accountId: string,
  address: Address | null,
): Actor {
  return { accountId, agentId: id, name, role, managesSecurity, managesAgents, via: 'mobile', address }
}
