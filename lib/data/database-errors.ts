/** A database that this version must not touch; the message says why, and what to do. */
export class UnfitDatabase extends Error {}

const CODES =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|P1\d{3}|P2024|P2028|P2034|SQLITE_.*|57P0\d|53\d{3}|08\d{3})$/

/** What the drivers say without a code. */
const WORDS =
  /Can't reach database server|Connection terminated|timeout exceeded when trying to connect|directory does not exist|unable to open database/

/** Whether an error means that the database can't be used now, and not that this code is wrong. */
export function isDatabaseDown(error: unknown, depth = 0): boolean {
  if (error === null || typeof error !== 'object' || depth > 5) return false
  const { code, name, message, cause, errors } = error as Record<string, unknown>
  if (typeof code === 'string' && CODES.test(code)) return true
  if (name === 'PrismaClientInitializationError' || WORDS.test(String(message))) return true
  return [cause, ...(Array.isArray(errors) ? errors : [])].some((inner) => isDatabaseDown(inner, depth + 1))
}
