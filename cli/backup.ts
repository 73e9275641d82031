import path from 'node:path'
import { databaseKind } from '@/lib/data/adapter'
import { makeBackup } from '@/lib/data/backup'
import { env } from '@/lib/env'
import type { Command, Given, Report } from './command'
import { Problem } from './problem'
import { requireDatabaseOrOlder } from './ready'

export const command: Command = {
  name: 'backup',
  about: 'Copy the SQLite database into a new file, also while the server runs.',
  operands: { label: 'FILE', about: 'Where to; there may be nothing of that name.', atMost: 1 },
  options: {},
  examples: ['gatehouse backup /backups/gatehouse-2030-01-31.db'],
  run,
}

async function run(given: Given): Promise<Report> {
  const { DATABASE_URL, DATA_DIR } = env()
  if (databaseKind(DATABASE_URL) === 'postgresql')
    throw new Problem(
      'This Gatehouse is on PostgreSQL. Back it up with: pg_dump --format=custom --file=FILE "$DATABASE_URL"',
    )
  // Before an update is when a backup is wanted most.
  await requireDatabaseOrOlder()
  const file = path.resolve(given.operands[0] ?? '')
  const made = await backUp(DATABASE_URL, file)
  if (made === 'exists')
    throw new Problem(`There is a ${file} already, and a backup overwrites nothing. Name another file.`)
  return {
    json: { file, ...made },
    lines: [
      `Backed up to ${file} (${made.bytes} bytes, checked).`,
      `AUTH_SECRET belongs to it and is not in it: keep a copy of it in another safe place (the setting, or the file ${path.join(DATA_DIR, 'auth-secret')}).`,
    ],
  }
}

async function backUp(databaseUrl: string, file: string) {
  try {
    return await makeBackup(databaseUrl, file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new Problem(`There is no folder ${path.dirname(file)}. Make it first.`)
    if (code === 'EACCES' || code === 'EROFS')
      throw new Problem(`${file} may not be written. Name a file in a folder that you may write to.`)
    throw error
  }
}
