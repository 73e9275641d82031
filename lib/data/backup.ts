import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { findDamage, markFile } from './backup-file'
import { withConnection } from './connection'
import { createFile, flush } from './files'

const DRAFT_END = '.gatehouse.part'
/** With what SQLite may keep beside it. */
const DRAFT = /\.[\da-f-]{36}\.gatehouse\.part(-journal|-wal|-shm)?$/
const DRAFT_STALE_MS = 24 * 60 * 60 * 1000

export interface Backup {
  bytes: number
}

/**
 * Copies a SQLite database as it is at one moment into a new file that its owner alone may read, also while a server
 * writes to it. The copy is checked, and on the disk, before it has its name. 'exists': that name is taken.
 */
export async function makeBackup(databaseUrl: string, file: string): Promise<Backup | 'exists'> {
  if (existsSync(file)) return 'exists'
  const draft = `${file}.${randomUUID()}${DRAFT_END}`
  try {
    await createFile(draft)
    await copyInto(databaseUrl, draft)
    const damage = await findDamage(draft)
    if (damage) throw new Error(`The copy is damaged (${damage}), so the database may be, too.`)
    await flush(draft)
    if (!(await giveName(draft, file))) return 'exists'
    await removeStaleDrafts(dirname(file)).catch(() => {})
    return { bytes: (await stat(file)).size }
  } finally {
    await rm(draft, { force: true })
  }
}

/** What those who were killed have left; nobody makes a backup for so long. */
async function removeStaleDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    if (!DRAFT.test(name) || Date.now() - (await stat(path)).mtimeMs < DRAFT_STALE_MS) continue
    await rm(path, { force: true })
  }
}

/**
 * Last, so that who is killed leaves nothing that looks like a backup. The name is taken with an empty file, so that nothing
 * is ever overwritten.
 */
async function giveName(draft: string, file: string): Promise<boolean> {
  if (!(await createFile(file))) return false
  try {
    await rename(draft, file)
  } catch (error) {
    await rm(file, { force: true })
    throw error
  }
  await flush(dirname(file))
  return true
}

/** VACUUM INTO reads in one transaction and writes into an empty file. */
async function copyInto(databaseUrl: string, draft: string): Promise<void> {
  await withConnection(databaseUrl, (connection) =>
    connection.executeScript(`VACUUM INTO '${draft.replaceAll("'", "''")}'`),
  )
  await markFile(draft)
}
