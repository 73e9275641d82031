import { Prisma } from '@/prisma/generated/sqlite/client/client'
import type { Transaction } from './database'

/** The rows that every sign-in writes, each with all that has no default in the database. */
interface Rows {
  SignInEvent: Prisma.SignInEventCreateManyInput & { id: string; at: Date }
  AuditEvent: Prisma.AuditEventCreateManyInput & { id: string; at: Date }
  OutboxMail: Prisma.OutboxMailCreateManyInput & { id: string; createdAt: Date }
  MobileDevice: Prisma.MobileDeviceCreateManyInput &
    Record<'id', string> &
    Record<'rotatedAt' | 'createdAt' | 'lastSeenAt', Date>
}

/**
 * Inserts one row by a statement of its own: Prisma's `create` takes five times as long to make its own, and a sign-in
 * writes several.
 */
export async function insertRow<Table extends keyof Rows>(
  tx: Transaction,
  table: Table,
  row: Rows[Table],
): Promise<void> {
  const given = Object.entries(row).filter(([, value]) => value !== undefined)
  const columns = given.map(([column]) => `"${column}"`).join(', ')
  const values = given.map(([, value]) => value)
  const into = Prisma.raw(`"${table}" (${columns})`)
  await tx.$executeRaw`INSERT INTO ${into} VALUES (${Prisma.join(values)})`
}
