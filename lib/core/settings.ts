import { z } from 'zod'

/** The settings of CONTRACT §10, as text from the environment, to values. A wrong one is refused in a sentence. */

const url = (protocols: readonly string[], expected: string) =>
  z.string().refine((text) => {
    if (!URL.canParse(text)) return false
    const { protocol, hostname } = new URL(text)
    return protocols.includes(protocol) && hostname !== ''
  }, expected)

const ORIGIN = 'expected the address people open, such as https://gatehouse.example.com, without a path'

/** In a password they would end it, or be taken for something else (RFC 3986). */
const ENCODED = 'in a password, # / ? and % are written %23 %2F %3F and %25'

const NO_HOME = /^(?:file:)?~/

export const SettingsSchema = z.object({
  DATABASE_URL: z
    .string()
    .regex(
      /^(file:.+|postgres(ql)?:\/\/.+)$/,
      'expected file:path/to/gatehouse.db or postgresql://user:password@host/database',
    )
    .refine(
      (text) => text.startsWith('file:') || URL.canParse(text),
      `expected postgresql://user:password@host/database; ${ENCODED}`,
    )
    .refine(
      (text) => !NO_HOME.test(text),
      'expected file:/whole/path/to/gatehouse.db: a ~ means nothing here',
    )
    .refine(
      (text) => !/^file:.*\?/.test(text),
      'expected file:path/to/gatehouse.db without a "?": a SQLite database has no options, nor may its name hold one',
    )
    .optional(),
  APP_URL: url(['http:', 'https:'], ORIGIN)
    .refine((text) => URL.canParse(text) && new URL(text).pathname === '/' && !/[?#]/.test(text), ORIGIN)
    .transform((text) => new URL(text).origin)
    .optional(),
  HOST: z
    .string()
    .regex(/^\S+$/, 'expected an address to listen on, such as 127.0.0.1 or 0.0.0.0')
    .default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'expected a port number between 1 and 65535')
    .transform(Number)
    .refine((port) => port >= 1 && port <= 65535, 'expected a port number between 1 and 65535')
    .default(3000),
  AUTH_SECRET: z
    .string()
    .min(32, 'expected at least 32 characters, such as the output of: openssl rand -base64 33')
    .optional(),
  TRUSTED_PROXIES: z.string().default(''),
  CLIENT_IP_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/, 'expected the name of one header, such as x-forwarded-for')
    .transform((name) => name.toLowerCase())
    .default('x-forwarded-for'),
  SMTP_URL: url(
    ['smtp:', 'smtps:'],
    `expected smtp:// or smtps://user:password@mail.example.com:587; ${ENCODED}`,
  ).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\r\n]+$/, 'expected a sender, such as Gatehouse <gatehouse@example.com>')
    .optional(),
  DATA_DIR: z
    .string()
    .refine((text) => !NO_HOME.test(text), 'expected the whole path of a folder: a ~ means nothing here')
    .default('var'),
  METRICS_TOKEN: z
    .string()
    .regex(
      /^[\w.~+/-]{16,}=*$/,
      'expected at least 16 letters and digits, such as the output of: openssl rand -hex 24',
    )
    .optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'expected fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  PRINT_LINKS: z.enum(['always', 'terminal'], { error: 'expected always or terminal' }).default('always'),
})

export type SettingName = keyof z.infer<typeof SettingsSchema>
