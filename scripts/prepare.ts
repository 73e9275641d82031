// `prepare.ts check` checks the settings, `prepare.ts migrate` also brings the database up to date. The last
// line is what the start needs to know, as JSON. Exit code 2: a sentence that explains itself was printed.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { explain } from '../cli/explain'
import { Problem } from '../cli/problem'
import { applyMigrations } from '../lib/data/migrations'
import { env } from '../lib/env'

try {
  const settings = env()
  requireWritable(settings.DATA_DIR)
  if (process.argv[2] === 'migrate') await migrate(settings.DATABASE_URL)
  const { HOST, PORT, APP_URL } = settings
  console.log(JSON.stringify({ HOST, PORT, APP_URL }))
} catch (error) {
  const { lines } = await explain(error)
  for (const line of lines) console.error(line)
  process.exitCode = 2
}

/** Tried rather than asked: to root every folder seems open, also on a file system that can't be written. */
function requireWritable(folder: string): void {
  const probe = join(folder, `.probe-${process.pid}`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Problem(
      `DATA_DIR is "${folder}", and Gatehouse can't write there (${code}); expected a folder it may write to.`,
    )
  }
}

async function migrate(databaseUrl: string): Promise<void> {
  const { applied } = await applyMigrations(databaseUrl)
  if (applied.length > 0) console.log(`Database brought up to date: ${applied.join(', ')}.`)
}
