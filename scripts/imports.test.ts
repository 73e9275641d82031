import { readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './project.mjs'
import { importsOf, sourcesBelow } from './source-imports'

type Room = {
  /** Files and folders of this room. */
  at: string[]
  /** The rooms it may import besides itself. */
  rooms: string[]
  /** Packages it may import; or, with a `!`, everything but these. */
  packages: string[]
}

const NEXT = ['!next', '!next-auth', '!react', '!react-dom']
const PRISMA = ['!@prisma/client', '!@prisma/adapter-pg', '!@prisma/adapter-better-sqlite3', '!prisma']

/** Imports point one way: app, server, data, core. Nobody imports app, cli, scripts, e2e or bench. */
const ROOMS: Record<string, Room> = {
  core: { at: ['lib/core'], rooms: [], packages: ['ipaddr.js', 'zod'] },
  mail: { at: ['lib/mail'], rooms: ['core'], packages: [...NEXT, ...PRISMA, '!server-only'] },
  env: { at: ['lib/env.ts'], rooms: ['core'], packages: [...NEXT, ...PRISMA, '!server-only'] },
  clients: { at: ['prisma/generated'], rooms: [], packages: ['!next'] },
  // Mail is written in the transaction that it tells of, so data may import its texts.
  data: { at: ['lib/data'], rooms: ['core', 'mail', 'env', 'clients'], packages: [...NEXT, '!server-only'] },
  server: { at: ['lib/server'], rooms: ['data', 'core', 'mail', 'env'], packages: PRISMA },
  ui: { at: ['components/ui'], rooms: ['core'], packages: [...PRISMA, '!server-only', '!next-auth'] },
  shell: { at: ['components/shell'], rooms: ['ui', 'core'], packages: [...PRISMA, '!server-only'] },
  app: {
    at: ['app'],
    rooms: ['server', 'data', 'core', 'shell', 'ui'],
    packages: [...PRISMA, '!server-only'],
  },
  entry: {
    at: ['instrumentation.ts', 'proxy.ts'],
    rooms: ['server', 'data', 'core', 'env'],
    packages: [...PRISMA, '!server-only'],
  },
  fixtures: { at: ['prisma/fixtures'], rooms: ['data', 'core'], packages: [...NEXT, '!server-only'] },
  cli: {
    at: ['cli'],
    rooms: ['data', 'core', 'mail', 'env', 'fixtures'],
    packages: [...NEXT, ...PRISMA, '!server-only'],
  },
}

describe.each(Object.entries(ROOMS))('%s', (name, room) => {
  const imports = room.at.flatMap(sourcesBelow).flatMap(importsOf)

  test('imports no room above or beside it', () => {
    const allowed = [name, ...room.rooms]
    const strays = imports.filter(({ file }) => file !== null && !allowed.includes(roomOf(file)))
    expect(strays.map(({ from, text }) => `${from} imports ${text}`)).toEqual([])
  })

  test('imports no package that does not belong there', () => {
    const strays = imports.filter(({ package: used }) => used !== null && !mayUse(room, used))
    expect(strays.map(({ from, text }) => `${from} imports ${text}`)).toEqual([])
  })
})

test('one screen does not import from another', () => {
  const strays = sourcesBelow('app')
    .flatMap(importsOf)
    .filter(({ from, file }) => file?.startsWith('app/') && !isNear(from, file))
  expect(strays.map(({ from, text }) => `${from} imports ${text}`)).toEqual([])
})

test('every file of the product belongs to a room', () => {
  const files = ['lib', 'components', 'app', 'cli'].flatMap(sourcesBelow)
  expect(files.filter((file) => roomOf(file) === 'nowhere')).toEqual([])
})

test('lib/core takes time, chance and environment as arguments', () => {
  const impure = /\bprocess\.|\bDate\.now\b|\bnew Date\(\)|\bfetch\(|\bMath\.random\b|\bcrypto\./
  expect(sourcesBelow('lib/core').filter((file) => impure.test(code(file)))).toEqual([])
})

test('only lib/env.ts reads settings from the environment', () => {
  // Next replaces these two with constants; AUTH_URL is handed to next-auth, which knows no other way.
  const allowed = /process\.env\.(NODE_ENV|NEXT_RUNTIME|NEXT_PHASE|AUTH_URL =)/g
  const files = ['app', 'components', 'lib', 'cli', 'instrumentation.ts', 'proxy.ts'].flatMap(sourcesBelow)
  const readers = files.filter((file) => /process\.env\b/.test(code(file).replace(allowed, '')))
  expect(readers).toEqual(['lib/env.ts'])
})

const SCREENS = new Set(
  sourcesBelow('app')
    .filter((file) => /\/(page|route)\.tsx?$/.test(file))
    .map((file) => dirname(file)),
)

function roomOf(file: string): string {
  const room = Object.entries(ROOMS).find(([, { at }]) =>
    at.some((place) => file === place || file.startsWith(`${place}/`)),
  )
  return room?.[0] ?? 'nowhere'
}

function mayUse({ packages }: Room, used: string): boolean {
  const refused = packages.filter((name) => name.startsWith('!')).map((name) => name.slice(1))
  return refused.length > 0 ? !refused.includes(used) : packages.includes(used)
}

/** A screen may use what lies in its own folder, in one that encloses it, or in one that is no screen. */
function isNear(from: string, file: string): boolean {
  return `${dirname(from)}/`.startsWith(`${screenOf(file)}/`)
}

/** The nearest enclosing folder that answers at an address; `app` when none does. */
function screenOf(file: string): string {
  let folder = dirname(file)
  while (folder !== 'app' && !SCREENS.has(folder)) folder = dirname(folder)
  return folder
}

/** The file without comments. */
function code(file: string): string {
  return readFileSync(root + file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
}
