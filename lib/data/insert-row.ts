import { Prisma } from '@/prisma/generated/sqlite/client/client'
import type { Transaction } from './database'

/** The rows that every sign-in writes, or that come by the thousand, each with all that has no default in the database. */
interface Rows {
  SignInEvent: Prisma.SignInEventCreateManyInput & { id: string; at: Date }
  AuditEvent: Prisma.AuditEventCreateManyInput & { id: string; at: Date }
  OutboxMail: Prisma.OutboxMailCreateManyInput & { id: string; createdAt: Date }
  MobileDevice: Prisma.MobileDeviceCreateManyInput &
    Record<'id', string> &
    Record<'rotatedAt' | 'createdAt' | 'lastSeenAt', Date>
  Range: Prisma.RangeCreateManyInput & { id: string; updatedAt: Date }
}

/** A statement has 999 parameters at most. */
const PARAMETERS_MAX = 999

/** Inserts one row. */
export function insertRow<Table extends keyof Rows>(
  tx: Transaction,
  table: Table,
  row: Rows[Table],
): Promise<void> {
  return insertRows(tx, table, [row])
}

/**
 * Inserts rows that have the same columns by statements of its own: Prisma takes five times as long to make one, a sign-in
 * writes several rows, and where there are many everybody else who writes waits for them.
 */
export async function insertRows<Table extends keyof Rows>(
  tx: Transaction,
  table: Table,
  rows: readonly Rows[Table][],
): Promise<void> {
  const columns = Object.entries(rows[0] ?? {}).flatMap(([column, value]) =>
    value === undefined ? [] : [column as keyof Rows[Table]],
  )
  const into = Prisma.raw(`"${table}" (${columns.map((column) => `"${String(column)}"`).join(', ')})`)
  for (const some of batches(rows, Math.floor(PARAMETERS_MAX / columns.length))) {
    const values = some.map((row) => Prisma.sql`(${Prisma.join(columns.map((column) => row[column]))})`)
    await tx.$executeRaw`INSERT INTO ${into} VALUES ${Prisma.join(values)}`
  }
}

/** All of them in their order, at most `size` at a time. */
export function batches<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  )
}
