import path from 'node:path'
import { databaseKind } from '@/lib/data/adapter'
import { type Restored, restoreBackup } from '@/lib/data/restore'
import { env } from '@/lib/env'
import type { Command, Given, Report } from './command'
import { Problem } from './problem'
import { whyUnreadable } from './range-list-given'

export const command: Command = {
  name: 'restore',
  about: 'Put a backup in the place of the SQLite database; the server has to be stopped.',
  operands: { label: 'FILE', about: 'A file that "backup" made.', atMost: 1 },
  options: {
    'other-secret': {
      about: 'Also one made under another AUTH_SECRET: everybody has to sign in again, waiting mail is lost.',
    },
  },
  examples: ['gatehouse restore /backups/gatehouse-2030-01-31.db'],
  run,
}

async function run(given: Given): Promise<Report> {
  const { DATABASE_URL } = env()
  if (databaseKind(DATABASE_URL) === 'postgresql')
    throw new Problem(
      'This Gatehouse is on PostgreSQL. Stop it, then: pg_restore --clean --if-exists --dbname="$DATABASE_URL" FILE',
    )
  const file = path.resolve(given.operands[0] ?? '')
  const restored = await restore(DATABASE_URL, file, given.flag('other-secret'))
  if (restored.outcome !== 'restored') throw new Problem(WHY_NOT[restored.outcome](file))
  const { aside } = restored
  return {
    json: { file, replaced: aside },
    lines: [
      `Restored ${file}.`,
      ...(aside ? [`The database that was there is kept: ${aside}`] : []),
      'Start Gatehouse with "npm start".',
    ],
  }
}

const WHY_NOT: Readonly<Record<Exclude<Restored['outcome'], 'restored'>, (file: string) => string>> = {
  'in-use': () =>
    'Gatehouse is running on this database, or a command is. Stop it first. Nothing was changed.',
  'not-sqlite': (file) => `${file} is not a backup: it is no SQLite database. Nothing was changed.`,
  'not-gatehouse': (file) => `${file} is a SQLite database, but not one of Gatehouse. Nothing was changed.`,
  damaged: (file) => `${file} is damaged. Take another backup. Nothing was changed.`,
  newer: (file) => `${file} was made by a newer Gatehouse. Update Gatehouse first. Nothing was changed.`,
  'other-secret': (file) =>
    `${file} was made under another AUTH_SECRET. Put that secret back first; or, if it is lost, add --other-secret. Nothing was changed.`,
}

async function restore(databaseUrl: string, file: string, otherSecret: boolean): Promise<Restored> {
  try {
    return await restoreBackup(databaseUrl, file, { otherSecret })
  } catch (error) {
    const { code, path: at } = error as NodeJS.ErrnoException
    if (at === file && code) throw new Problem(`${whyUnreadable(file, code)} Nothing was changed.`)
    throw error
  }
}
