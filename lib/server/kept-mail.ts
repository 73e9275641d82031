import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { OVER_KEPT_MS } from '../data/over'
import { env } from '../env'

/** Where mails are kept while there is no mail server. */
export function keptMailFolder(): string {
  return path.join(env().DATA_DIR, 'mail')
}

/** As the mailer names them, with what is left of one that was being written. */
const KEPT = /^\d{4}-[\dTZ-]+-[\da-f-]{36}\.eml(\.[\da-f-]{36}\.part)?$/

/** Removes kept mails that are older than rows of mails get, and nothing else that lies there; answers how many. */
export async function dropKeptMail(now: Date): Promise<number> {
  const folder = keptMailFolder()
  let dropped = 0
  for (const name of await readdir(folder).catch(unlessMissing)) {
    const file = path.join(folder, name)
    if (!KEPT.test(name) || now.getTime() - (await stat(file)).mtimeMs < OVER_KEPT_MS) continue
    await rm(file)
    dropped++
  }
  return dropped
}

function unlessMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return []
  throw error
}
