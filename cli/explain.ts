import { UnfitDatabase } from '@/lib/data/database-errors'
import { env, SettingsError } from '@/lib/env'
import { Problem } from './problem'

interface Explanation {
  lines: readonly string[]
  exitCode: 1 | 2
}

/** Turns whatever was thrown into a sentence that says what to do; never an address with a password in it. */
export async function explain(error: unknown): Promise<Explanation> {
  if (error instanceof Problem) return { lines: [error.message], exitCode: error.exitCode }
  if (error instanceof SettingsError || error instanceof UnfitDatabase)
    return { lines: [error.message], exitCode: 1 }
  const known = whyUnreachable(error)
  if (known) {
    const [reason, remedy] = known
    return {
      lines: [`The database at ${databasePlace(error)} can't be used (${reason}). ${remedy}`],
      exitCode: 1,
    }
  }
  return { lines: [unexpected(error), ...details(error)], exitCode: 1 }
}

const START = 'Start it, or correct its address.'
const OWNER = 'Run this as the user who runs Gatehouse, or correct DATABASE_URL.'

/** What an error says, why the database can't be used, and what to do. */
const REASONS: readonly (readonly [RegExp, reason: string, remedy: string])[] = [
  [/ECONNREFUSED/, 'nothing answers there', START],
  [
    /Can't reach database server|Connection terminated|timeout exceeded when trying/,
    'it does not answer',
    START,
  ],
  [/ENOTFOUND|EAI_AGAIN/, 'there is no such host', 'Correct its address.'],
  [/ETIMEDOUT|ECONNRESET|EHOSTUNREACH|ENETUNREACH|P1001|DatabaseNotReachable/, 'it does not answer', START],
  [
    /P1000|password authentication failed|AuthenticationFailed/,
    'user or password is wrong',
    'Correct its address.',
  ],
  [
    /P1003|database ".*" does not exist|DatabaseDoesNotExist/,
    'there is no such database',
    'Make it, empty, or correct its address.',
  ],
  [/SQLITE_CANTOPEN|unable to open database|directory does not exist/, 'the file could not be opened', OWNER],
  [/SQLITE_READONLY|readonly database|EACCES|EROFS/, 'the file may not be written', OWNER],
  [
    /SQLITE_NOTADB|not a database/,
    'the file is not a SQLite database',
    'Restore a backup, or correct DATABASE_URL.',
  ],
  [
    /SQLITE_BUSY|database is locked|P1008/,
    'another program keeps it locked',
    'Try again, and see which program has it open.',
  ],
]

function whyUnreachable(error: unknown): readonly [reason: string, remedy: string] | null {
  const text = chain(error)
    .map((cause) => `${(cause as { code?: string }).code ?? ''} ${String(cause)}`)
    .join(' ')
  const found = REASONS.find(([pattern]) => pattern.test(text))
  return found ? [found[1], found[2]] : null
}

/** The error with its causes, and the parts of an error that has several. */
function chain(error: unknown, depth = 0): unknown[] {
  if (error === null || typeof error !== 'object' || depth > 5) return []
  const { cause, errors } = error as { cause?: unknown; errors?: unknown[] }
  return [error, ...[cause, ...(errors ?? [])].flatMap((inner) => chain(inner, depth + 1))]
}

/** An error about another database than the one of the settings says so. */
function databasePlace(error: unknown): string {
  const url = (error as { databaseUrl?: string }).databaseUrl ?? env().DATABASE_URL
  if (url.startsWith('file:')) return url.slice('file:'.length)
  return URL.canParse(url) ? `${new URL(url).host}${new URL(url).pathname}` : 'DATABASE_URL'
}

function unexpected(error: unknown): string {
  const said = (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1)
  return `That did not work: ${said} LOG_LEVEL=debug shows more.`
}

function details(error: unknown): string[] {
  if (env().LOG_LEVEL !== 'debug' && env().LOG_LEVEL !== 'trace') return []
  return (error instanceof Error ? (error.stack ?? error.message) : String(error)).split('\n')
}
