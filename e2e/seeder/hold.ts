import { databaseAdapter } from '@/lib/data/adapter'
import { env } from '@/lib/env'

type Connection = Awaited<ReturnType<ReturnType<typeof databaseAdapter>['connect']>>
let held: Connection | undefined

/** Keeps a SQLite database for itself, as a program does that hangs in the middle of a write. */
export async function holdDatabase(): Promise<void> {
  held = await databaseAdapter(env().DATABASE_URL).connect()
  await held.executeScript('BEGIN IMMEDIATE')
}

export async function releaseDatabase(): Promise<void> {
  await held?.executeScript('ROLLBACK')
  await held?.dispose()
  held = undefined
}
