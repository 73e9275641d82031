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
  const reason = whyUnreachable(error)
  if (reason)
    return {
      lines: [
        `The database at ${databasePlace(error)} can't be used (${reason}). Start it, or correct its address.`,
      ],
      exitCode: 1,
    }
  return { lines: [unexpected(error), ...details(error)], exitCode: 1 }
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, 'nothing answers there'],
  [/Can't reach database server|Connection terminated|timeout exceeded when trying/, 'it does not answer'],
  [/ENOTFOUND|EAI_AGAIN/, 'there is no such host'],
  [/ETIMEDOUT|ECONNRESET|EHOSTUNREACH|ENETUNREACH|P1001|DatabaseNotReachable/, 'it does not answer'],
  [/P1000|password authentication failed|AuthenticationFailed/, 'user or password is wrong'],
  [/P1003|database ".*" does not exist|DatabaseDoesNotExist/, 'there is no such database'],
  [/SQLITE_CANTOPEN|unable to open database|directory does not exist/, 'the file could not be opened'],
  [/SQLITE_READONLY|readonly database|EACCES|EROFS/, 'the file may not be written'],
  [/SQLITE_NOTADB|not a database/, 'the file is not a SQLite database'],
  [/SQLITE_BUSY|database is locked|P1008/, 'another program keeps it locked'],
]

function whyUnreachable(error: unknown): string | null {
  const text = chain(error)
    .map((cause) => `${(cause as { code?: string }).code ?? ''} ${String(cause)}`)
    .join(' ')
  return REASONS.find(([pattern]) => pattern.test(text))?.[1] ?? null
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
