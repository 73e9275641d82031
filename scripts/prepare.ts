// `prepare.ts check` checks the settings, `prepare.ts migrate` also brings the database up to date. The last
// line is what the start needs to know, as JSON. Exit code 2: a sentence that explains itself was printed.
import { accessSync, constants, mkdirSync } from 'node:fs'
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

function requireWritable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
  } catch {
    throw new Problem(
      `DATA_DIR is "${folder}", and Gatehouse may not write there; expected a folder it may write to.`,
    )
  }
}

async function migrate(databaseUrl: string): Promise<void> {
  const { applied } = await applyMigrations(databaseUrl)
  if (applied.length > 0) console.log(`Database brought up to date: ${applied.join(', ')}.`)
}
