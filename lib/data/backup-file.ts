import { open } from 'node:fs/promises'
import { queryRows, withConnection } from './connection'
import { migrationStatus } from './migrations'
import { sign } from './secrets'

/** Whether a SQLite file can be the database of this Gatehouse, or why not. */
export type Fitness = 'fits' | 'not-sqlite' | 'not-gatehouse' | 'damaged' | 'newer' | 'other-secret'

/** Looks at a SQLite file that nobody else has open. */
export async function judgeFile(file: string): Promise<Fitness> {
  if (!(await isSqlite(file))) return 'not-sqlite'
  if (await findDamage(file)) return 'damaged'
  const { applied, unknown, failed } = await migrationStatus(`file:${file}`)
  if (applied.length === 0) return 'not-gatehouse'
  if (failed.length > 0) return 'damaged'
  if (unknown.length > 0) return 'newer'
  const mark = await readMark(file)
  return mark === NO_MARK || mark === ownMark() ? 'fits' : 'other-secret'
}

async function isSqlite(file: string): Promise<boolean> {
  const handle = await open(file, 'r')
  try {
    const { buffer } = await handle.read(Buffer.alloc(16), 0, 16, 0)
    return buffer.toString('latin1') === 'SQLite format 3\0'
  } finally {
    await handle.close()
  }
}

/** What SQLite finds wrong with a file, or null. */
export async function findDamage(file: string): Promise<string | null> {
  try {
    return await withConnection(`file:${file}`, async (connection) => {
      const [[answer] = []] = await queryRows(connection, 'PRAGMA integrity_check(1)')
      if (answer !== 'ok') return String(answer)
      const [orphan] = await queryRows(connection, 'PRAGMA foreign_key_check')
      return orphan ? `a row of ${orphan[0]} belongs to nothing` : null
    })
  } catch (error) {
    if (/SQLITE_(CORRUPT|NOTADB)|malformed|not a database/.test(`${error} ${JSON.stringify(error)}`))
      return 'it cannot be read'
    throw error
  }
}

/** SQLite's `user_version`, of which Gatehouse makes no other use. A file that is no backup has none. */
const NO_MARK = 0

/** Notes in a backup which AUTH_SECRET it belongs to. */
export async function markFile(file: string): Promise<void> {
  await withConnection(`file:${file}`, (connection) =>
    connection.executeScript(`PRAGMA user_version = ${ownMark()}`),
  )
}

async function readMark(file: string): Promise<number> {
  return withConnection(`file:${file}`, async (connection) => {
    const [[mark] = []] = await queryRows(connection, 'PRAGMA user_version')
    return Number(mark)
  })
}

/** 31 bits derived from AUTH_SECRET: enough to tell two secrets apart, and no way back to either. */
function ownMark(): number {
  const bits = Buffer.from(sign('backup', 'mark'), 'base64url').readUInt32BE(0) >>> 1
  return bits === NO_MARK ? 1 : bits
}
