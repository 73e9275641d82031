import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, copyFile, link, mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sqliteFile } from './adapter'
import { type Fitness, judgeFile } from './backup-file'
import { flush } from './files'
import { withMigrationLock } from './migration-lock'
import { withSoleUse } from './sole-use'

export type Restored =
  /** `aside`: where the database that was there is kept; null when there was none. */
  { outcome: 'restored'; aside: string | null } | { outcome: Exclude<Fitness, 'fits'> | 'in-use' }

/**
 * Puts a backup in the place of the SQLite database at `databaseUrl`, and keeps what was there. Refused while anybody
 * has that open, and for a file that does not fit; `otherSecret` takes one that was made under another AUTH_SECRET.
 * The database's name means either the old one or the restored one, never neither.
 */
export async function restoreBackup(
  databaseUrl: string,
  file: string,
  { otherSecret = false, now = new Date() } = {},
): Promise<Restored> {
  const database = sqliteFile(databaseUrl)
  const draft = `${database}.${randomUUID()}.restoring`
  await mkdir(dirname(database), { recursive: true, mode: 0o700 })
  try {
    await copyFile(file, draft)
    await chmod(draft, 0o600)
    const fitness = await judgeFile(draft)
    if (fitness !== 'fits' && !(fitness === 'other-secret' && otherSecret)) return { outcome: fitness }
    await flush(draft)
    return await withMigrationLock(databaseUrl, () => replace(database, draft, now))
  } finally {
    await Promise.all(['', ...COMPANIONS].map((end) => rm(draft + end, { force: true })))
  }
}

/** What SQLite may keep beside a file. */
const COMPANIONS = ['-wal', '-shm', '-journal']

async function replace(database: string, draft: string, now: Date): Promise<Restored> {
  const aside = `${database}.replaced-${now.toISOString().replace(/[:.]/g, '-')}`
  if (!existsSync(database)) {
    await keepCompanions(database, aside)
    await moveInto(draft, database)
    return { outcome: 'restored', aside: null }
  }
  const done = await withSoleUse(database, async () => {
    await link(database, aside)
    await moveInto(draft, database)
  }).catch((error) => replaceUnreadable(error, database, draft, aside))
  return done === 'in-use' ? { outcome: 'in-use' } : { outcome: 'restored', aside }
}

/** A database that is broken is a reason to restore one: it is kept with everything beside it. */
async function replaceUnreadable(
  error: unknown,
  database: string,
  draft: string,
  aside: string,
): Promise<void> {
  if (!/SQLITE_(CORRUPT|NOTADB)|malformed|not a database/.test(`${error} ${JSON.stringify(error)}`))
    throw error
  await keepCompanions(database, aside)
  await link(database, aside)
  await moveInto(draft, database)
}

/** SQLite would take what a database left beside it for a part of the one that is put in its place. */
async function keepCompanions(database: string, aside: string): Promise<void> {
  for (const end of COMPANIONS) if (existsSync(database + end)) await rename(database + end, aside + end)
}

async function moveInto(draft: string, database: string): Promise<void> {
  await rename(draft, database)
  await flush(dirname(database))
}
