// Generates the database clients and builds the server, each only when what it is made from has changed.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { withLock } from './lock.mjs'
import { compilePrograms } from './programs.mjs'
import { hashOf, main, NEXT, root, run, Stop, say } from './project.mjs'

const CLIENT_STAMP = 'prisma/generated/.made-from'
const CLIENT_SOURCES = [
  'prisma/models.prisma',
  'scripts/generate.mjs',
  'scripts/schema.mjs',
  'package-lock.json',
]

const BUILD_STAMP = '.next/.made-from'
const BUILD_SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'prisma/models.prisma',
  'instrumentation.ts',
  'instrumentation-client.ts',
  'proxy.ts',
  'next.config.js',
  'postcss.config.js',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
]

/** Makes the Prisma clients when the models have changed. Throws Stop. */
export async function generateClients() {
  if (areClientsGenerated()) return
  const hash = hashOf(CLIENT_SOURCES)
  say('Generating the database clients ...')
  await make(['scripts/generate.mjs'], 'The database clients could not be generated; the reason is above.')
  writeFileSync(join(root, CLIENT_STAMP), hash)
}

/** True when the Prisma clients are those of the models as they are. */
export function areClientsGenerated() {
  return isMadeFrom(CLIENT_STAMP, hashOf(CLIENT_SOURCES))
}

/** True when the build in .next is one of the sources as they are. */
export function isBuilt() {
  return isMadeFrom(BUILD_STAMP, buildHash())
}

/** Builds the server when its sources have changed. Throws Stop. */
export async function buildServer() {
  if (isBuilt()) return
  say('Building (first start and after updates; about a minute) ...')
  const hash = buildHash()
  rmSync(join(root, BUILD_STAMP), { force: true })
  await make(
    [NEXT, 'build'],
    'The build failed; the reason is above. If you changed nothing, report it as a bug.',
  )
  writeFileSync(join(root, BUILD_STAMP), hash)
}

function buildHash() {
  return hashOf(BUILD_SOURCES, (path) => !/\.test\.tsx?$/.test(path))
}

/** @param {string} stamp @param {string} hash */
function isMadeFrom(stamp, hash) {
  return existsSync(join(root, stamp)) && readFileSync(join(root, stamp), 'utf8') === hash
}

/** @param {string[]} args @param {string} sentence */
async function make(args, sentence) {
  const env = { NODE_ENV: 'production', NEXT_IGNORE_INCORRECT_LOCKFILE: '1' }
  const { code, output } = await run(process.execPath, args, { quiet: true, env })
  if (code === 0) return
  console.error(output)
  throw new Stop(sentence)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await main(() =>
    withLock(async () => {
      await generateClients()
      await compilePrograms()
      await buildServer()
    }),
  )
