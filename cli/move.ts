import { databaseKind } from '@/lib/data/adapter'
import { type Move, moveDatabase } from '@/lib/data/move'
import { env } from '@/lib/env'
import type { Command, Given, Report } from './command'
import { table } from './output'
import { Problem, UsageProblem } from './problem'
import { requireDatabase } from './ready'

export const command: Command = {
  name: 'move',
  about: 'Copy this SQLite installation into an empty PostgreSQL database; the server has to be stopped.',
  options: {
    to: {
      value: 'URL',
      about: 'postgresql://user@host/database. A password is best left to PGPASSWORD, where nobody sees it.',
      required: true,
    },
    anew: { about: 'Begin a move that did not finish once more, from the start.' },
  },
  examples: ['gatehouse move --to postgresql://gatehouse@db.example.com/gatehouse'],
  run,
}

async function run(given: Given): Promise<Report> {
  const { DATABASE_URL } = env()
  const to = given.required('to')
  if (!/^postgres(ql)?:\/\/./.test(to))
    throw new UsageProblem('--to is not an address of PostgreSQL, such as postgresql://user@host/database.')
  if (databaseKind(DATABASE_URL) !== 'sqlite')
    throw new Problem('DATABASE_URL names PostgreSQL already; "move" copies a SQLite database.')
  await requireDatabase()
  const moved = await moveTo(DATABASE_URL, to, given.flag('anew'))
  if (moved.outcome !== 'moved') throw new Problem(whyNot(moved))
  const { tables, resumed } = moved
  return {
    json: { resumed, tables },
    lines: [
      ...table(
        ['TABLE', 'ROWS', 'CHECKSUM'],
        tables.map(({ name, rows, checksum }) => [name, String(rows), checksum.slice(0, 16)]),
      ),
      '',
      'Every row is the same in both databases. Now set DATABASE_URL to the new one, and AUTH_SECRET to the secret',
      'that is used here (the setting, or the content of the file auth-secret in DATA_DIR), and start Gatehouse.',
      'The SQLite file was not changed; keep it until you trust the new database.',
    ],
  }
}

async function moveTo(from: string, to: string, anew: boolean): Promise<Move> {
  try {
    return await moveDatabase(from, to, { anew })
  } catch (error) {
    throw Object.assign(error as Error, { databaseUrl: to })
  }
}

function whyNot(move: Exclude<Move, { outcome: 'moved' }>): string {
  switch (move.outcome) {
    case 'source-in-use':
      return 'Gatehouse is running on the SQLite database, or a command is. Stop it first. Nothing was changed.'
    case 'target-not-empty':
      return 'The database at --to is not empty. Name one in which nothing is. Nothing was changed.'
    case 'target-newer':
      return 'The database at --to was made by a newer Gatehouse. Nothing was changed.'
    case 'differs':
      return `Both databases differ in: ${move.tables.join(', ')}. The SQLite database was changed since this move was begun; begin it once more with --anew.`
  }
}
