import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readEnvFile, readSettings, SettingsError } from './env'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-env-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const read = (variables: Record<string, string>) => readSettings({ DATA_DIR: folder, ...variables })

describe('the defaults', () => {
  test('serve SQLite in DATA_DIR at localhost', () => {
    expect(read({})).toMatchObject({
      DATABASE_URL: `file:${folder}/gatehouse.db`,
      APP_URL: 'http://localhost:3000',
      HOST: '127.0.0.1',
      PORT: 3000,
      CLIENT_IP_HEADER: 'x-forwarded-for',
      SMTP_URL: null,
      LOG_LEVEL: 'info',
      PRINT_LINKS: 'always',
    })
  })

  test('APP_URL follows PORT', () => expect(read({ PORT: '4000' }).APP_URL).toBe('http://localhost:4000'))

  test('AUTH_SECRET is made once, readable by its owner alone', () => {
    const first = read({}).AUTH_SECRET
    expect(first.length).toBeGreaterThanOrEqual(32)
    expect(read({}).AUTH_SECRET).toBe(first)
    expect(statSync(path.join(folder, 'auth-secret')).mode & 0o777).toBe(0o600)
    expect(readFileSync(path.join(folder, 'auth-secret'), 'utf8').trim()).toBe(first)
  })

  test("a folder that is made for the data is its owner's alone", () => {
    const made = path.join(folder, 'var')
    read({ DATA_DIR: made })
    expect(statSync(made).mode & 0o777).toBe(0o700)
  })

  test('a given AUTH_SECRET is not written anywhere', () => {
    expect(read({ AUTH_SECRET: 's'.repeat(32) }).AUTH_SECRET).toBe('s'.repeat(32))
    expect(() => statSync(path.join(folder, 'auth-secret'))).toThrow()
  })

  test('no proxy is trusted', () => expect(read({}).trust.cidrs).toEqual([]))
})

describe('the file .env', () => {
  const file = () => path.join(folder, '.env')

  test.each([
    ['takes values as they stand', 'SMTP_URL=smtp://u:pa$word@h', { SMTP_URL: 'smtp://u:pa$word@h' }],
    ['takes a # in quotes', 'AUTH_SECRET="a#b"', { AUTH_SECRET: 'a#b' }],
    ['may begin with a byte order mark', '\ufeffPORT=4000\r\nHOST=::1\r\n', { PORT: '4000', HOST: '::1' }],
  ])('%s', (_name, text, settings) => {
    writeFileSync(file(), text)
    expect(readEnvFile(file())).toEqual(settings)
  })

  test('need not be there', () => expect(readEnvFile(file())).toEqual({}))

  test("that can't be read is a sentence", () => {
    mkdirSync(file())
    const refused = new SettingsError(
      `${file()} can't be read (EISDIR); expected a text file that the user who runs this may read.`,
    )
    expect(() => readEnvFile(file())).toThrow(refused)
  })
})

describe('a wrong setting stops the start with its name, what was found and what is expected', () => {
  test.each([
    ['PORT', 'eighty', /^PORT is "eighty"; expected a port number between 1 and 65535\.$/],
    ['PORT', '70000', /^PORT is "70000"; expected a port number/],
    [
      'APP_URL',
      'gatehouse.example.com',
      /^APP_URL is "gatehouse\.example\.com"; expected the address people open/,
    ],
    ['APP_URL', 'https://example.com/gatehouse', /^APP_URL is .* without a path\.$/],
    ['APP_URL', 'ftp://example.com', /^APP_URL is "ftp:\/\/example\.com"; expected/],
    [
      'DATABASE_URL',
      'mysql://root@localhost/x',
      /^DATABASE_URL is set to \d+ characters that do not fit; expected file:/,
    ],
    [
      'DATABASE_URL',
      'file:./gatehouse.db?connection_limit=1',
      /^DATABASE_URL is set to \d+ characters that do not fit; expected file:.* without a "\?"/,
    ],
    ['AUTH_SECRET', 'short', /^AUTH_SECRET is set to 5 characters that do not fit; expected at least 32/],
    ['CLIENT_IP_HEADER', 'x real ip', /^CLIENT_IP_HEADER is "x real ip"; expected the name of one header/],
    ['SMTP_URL', 'mail.example.com', /^SMTP_URL is set to \d+ characters that do not fit; expected smtp:/],
    [
      'SMTP_URL',
      'smtp:mail.example.com:587',
      /^SMTP_URL is set to 25 characters that do not fit; expected smtp:/,
    ],
    [
      'SMTP_URL',
      'smtp://user:a/b@mail.example.com',
      /in a password, # \/ \? and % are written %23 %2F %3F and %25\.$/,
    ],
    ['DATABASE_URL', 'postgresql://u:a#b@db/gatehouse', /expected postgresql:.+ in a password, # .+ %25\.$/],
    [
      'DATABASE_URL',
      'file:~/gatehouse.db',
      /expected file:\/whole\/path\/to\/gatehouse\.db: a ~ means nothing here\.$/,
    ],
    [
      'DATA_DIR',
      '~/gatehouse',
      /^DATA_DIR is "~\/gatehouse"; expected the whole path of a folder: a ~ means/,
    ],
    ['MAIL_FROM', 'Gatehouse', /^MAIL_FROM is "Gatehouse"; expected a sender/],
    ['LOG_LEVEL', 'loud', /^LOG_LEVEL is "loud"; expected fatal, error/],
    ['PRINT_LINKS', 'never', /^PRINT_LINKS is "never"; expected always or terminal/],
    ['TRUSTED_PROXIES', '0.0.0.0/0', /^TRUSTED_PROXIES is "0\.0\.0\.0\/0"; /],
    ['TRUSTED_PROXIES', '10/8', /^TRUSTED_PROXIES is "10\/8"; .*10\.0\.0\.0\/8/],
  ])('%s=%s', (name, value, message) => {
    expect(() => read({ [name]: value })).toThrow(SettingsError)
    expect(() => read({ [name]: value })).toThrow(message)
  })

  test('a secret is never repeated', () => {
    expect(() => read({ SMTP_URL: 'http://user:hunter2@mail' })).not.toThrow(/hunter2/)
    expect(() => read({ SMTP_URL: 'http://user:hunter2@mail' })).toThrow()
  })

  test('PostgreSQL without AUTH_SECRET', () => {
    const url = 'postgresql://gatehouse@localhost/gatehouse'
    expect(() => read({ DATABASE_URL: url })).toThrow(
      /^AUTH_SECRET is not set; with PostgreSQL it must be given/,
    )
    expect(read({ DATABASE_URL: url, AUTH_SECRET: 's'.repeat(32) }).DATABASE_URL).toBe(url)
  })

  test('a folder that cannot be one', () => {
    const file = path.join(folder, 'file')
    writeFileSync(file, '')
    expect(() => readSettings({ DATA_DIR: path.join(file, 'var') })).toThrow(
      /^DATA_DIR is ".*"; its file auth-secret/,
    )
  })
})

test('white space around a value and empty values do not count', () => {
  expect(read({ PORT: ' 4000 ', SMTP_URL: '' })).toMatchObject({ PORT: 4000, SMTP_URL: null })
})

test('APP_URL loses its trailing slash', () => {
  expect(read({ APP_URL: 'https://gatehouse.example.com/' }).APP_URL).toBe('https://gatehouse.example.com')
})
