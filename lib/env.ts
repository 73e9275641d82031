import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { compileTrust, type Trust } from './core/client-address'
import { SettingsSchema } from './core/settings'

/** The settings in force: every value checked, every default filled in. */
export interface Settings {
  DATABASE_URL: string
  /** Origin without a trailing slash; scheme, host and every link come from here. */
  APP_URL: string
  HOST: string
  PORT: number
  AUTH_SECRET: string
  trust: Trust
  CLIENT_IP_HEADER: string
  SMTP_URL: string | null
  MAIL_FROM: string
  /** Absolute path. */
  DATA_DIR: string
  /** Who sends it may read /metrics; null: nobody may. */
  METRICS_TOKEN: string | null
  LOG_LEVEL: string
  /** Where links that are as good as keys may be printed: on any output, or on a terminal alone. */
  PRINT_LINKS: 'always' | 'terminal'
}

/** A setting that stops the start: the message names it, what was found and what is expected. */
export class SettingsError extends Error {}

const SETTINGS = Symbol.for('gatehouse.settings')
const shared = globalThis as { [SETTINGS]?: Settings }

/** Reads the environment and `.env` once a process. Throws SettingsError. */
export function env(): Settings {
  shared[SETTINGS] ??= readSettings(environmentWithFile())
  return shared[SETTINGS]
}

/** Variables of the process win over those of `.env`. */
function environmentWithFile(): NodeJS.ProcessEnv {
  for (const [name, value] of Object.entries(readEnvFile(path.resolve('.env')))) process.env[name] ??= value
  return process.env
}

/** Exported for tests: what the file says, nothing when there is none. Throws SettingsError when it can't be read. */
export function readEnvFile(file: string): Record<string, string | undefined> {
  if (!existsSync(file)) return {}
  try {
    // Some editors begin a file with a mark, which would belong to the name of the first setting.
    return parseEnv(readFileSync(file, 'utf8').replace(/^\ufeff/, ''))
  } catch (error) {
    throw new SettingsError(
      `${file} can't be read (${(error as NodeJS.ErrnoException).code}); expected a text file that the user who runs this may read.`,
    )
  }
}

/** Exported for tests: text in, settings out. Creates DATA_DIR, and AUTH_SECRET in it when none is given. */
export function readSettings(variables: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(
    Object.keys(SettingsSchema.shape).map((name) => [name, variables[name]?.trim() || undefined]),
  )
  const parsed = SettingsSchema.safeParse(given)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const name = String(issue?.path[0])
    throw new SettingsError(`${name} is ${quoted(name, given[name])}; ${issue?.message}.`)
  }
  const settings = parsed.data
  const compiled = compileTrust(settings.TRUSTED_PROXIES)
  if (!compiled.ok)
    throw new SettingsError(`TRUSTED_PROXIES is ${quoted('', settings.TRUSTED_PROXIES)}; ${compiled.problem}`)

  const folder = path.resolve(settings.DATA_DIR)
  const databaseUrl = settings.DATABASE_URL ?? `file:${path.join(folder, 'gatehouse.db')}`
  if (!databaseUrl.startsWith('file:') && !settings.AUTH_SECRET)
    throw new SettingsError(
      'AUTH_SECRET is not set; with PostgreSQL it must be given, the same on every instance.',
    )
  const appUrl = settings.APP_URL ?? `http://localhost:${settings.PORT}`
  return {
    ...settings,
    DATABASE_URL: databaseUrl,
    APP_URL: appUrl,
    AUTH_SECRET: settings.AUTH_SECRET ?? storedSecret(folder),
    trust: compiled.trust,
    SMTP_URL: settings.SMTP_URL ?? null,
    MAIL_FROM: settings.MAIL_FROM ?? `Gatehouse <gatehouse@${new URL(appUrl).hostname}>`,
    DATA_DIR: folder,
    METRICS_TOKEN: settings.METRICS_TOKEN ?? null,
  }
}

const SECRET_SETTINGS = ['AUTH_SECRET', 'DATABASE_URL', 'SMTP_URL', 'METRICS_TOKEN']

function quoted(name: string, value: string | undefined): string {
  if (value === undefined) return 'not set'
  return SECRET_SETTINGS.includes(name) ? `set to ${value.length} characters that do not fit` : `"${value}"`
}

/** The secret of this installation, made on the first run. Linking a finished file makes the creation atomic. */
function storedSecret(folder: string): string {
  const file = path.join(folder, 'auth-secret')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (!existsSync(file)) {
      const draft = `${file}.${randomBytes(6).toString('hex')}`
      writeFileSync(draft, `${randomBytes(33).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
      try {
        linkSync(draft, file)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      } finally {
        rmSync(draft, { force: true })
      }
    }
    const secret = readFileSync(file, 'utf8').trim()
    if (secret.length < 32) throw new Error('it holds fewer than 32 characters')
    return secret
  } catch (error) {
    throw new SettingsError(
      `DATA_DIR is "${folder}"; its file auth-secret could not be read or made (${(error as Error).message}). Expected a folder that the user who runs this may read and write.`,
    )
  }
}
