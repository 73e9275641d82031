// Programs that the tests need and that npm doesn't bring: what is installed, else a download, else Debian's packages.
import { existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { findChromium } from './chromium.mjs'
import { root, run, Stop, say } from './project.mjs'

/** @typedef {{ find: () => unknown, download?: () => Promise<unknown>, debian: string, variable?: string }} Program */
/** @type {Record<string, Program>} */
const PROGRAMS = {
  chromium: {
    find: findChromium,
    download: () => run('npx', ['playwright', 'install', 'chromium'], { quiet: true }),
    debian: 'chromium-headless-shell',
    variable: 'CHROMIUM_PATH',
  },
  postgresql: { find: findPostgres, debian: 'postgresql' },
  python3: { find: () => onPath('python3'), debian: 'python3' },
  openssl: { find: () => onPath('openssl'), debian: 'openssl' },
  nginx: { find: () => onPath('nginx'), debian: 'nginx-light' },
  haproxy: { find: () => onPath('haproxy'), debian: 'haproxy' },
  caddy: { find: () => onPath('caddy'), debian: 'caddy' },
  faketime: { find: findFaketime, debian: 'faketime' },
}

/**
 * Makes sure that each named program is there, in three tries. Throws Stop naming all that are missing.
 * @param {string[]} names keys of PROGRAMS
 */
export async function provision(names) {
  const missing = []
  for (const name of names) if (!(await isThere(name))) missing.push(name)
  if (missing.length > 0) throw new Stop(missingSentence(missing))
}

/** @param {string} name */
async function isThere(name) {
  const program = PROGRAMS[name]
  if (!program) throw new Error(`provision doesn't know "${name}"`)
  if (await program.find()) return true
  if (program.download) {
    say(`Downloading ${name} ...`)
    await program.download()
    if (await program.find()) return true
  }
  if (process.getuid?.() !== 0 || !onPath('apt-get')) return false
  say(`Installing ${name} with apt-get ...`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { quiet: true, env })
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', program.debian], {
    quiet: true,
    env,
  })
  return Boolean(await program.find())
}

/** The folder of PostgreSQL's programs: the newest of Debian's, else where `postgres` is on PATH; or null. */
export function findPostgres() {
  const versions = '/usr/lib/postgresql'
  const debian = existsSync(versions) ? readdirSync(versions).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [...debian.map((version) => `${versions}/${version}/bin`), ...pathFolders()]
  return folders.find((folder) => existsSync(join(folder, 'initdb'))) ?? null
}

/** The library that lets a test set the clock of one process; or null. */
export function findFaketime() {
  const folders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib']
  const files = folders.map((folder) => `${folder}/faketime/libfaketimeMT.so.1`)
  return files.find((file) => existsSync(file)) ?? null
}

/** @param {string} program */
function onPath(program) {
  return pathFolders().some((folder) => existsSync(join(folder, program)))
}

function pathFolders() {
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'].filter(Boolean)
}

/** @param {string[]} missing */
function missingSentence(missing) {
  const packages = missing.map((name) => PROGRAMS[name]?.debian).join(' ')
  const variables = missing.flatMap((name) => PROGRAMS[name]?.variable ?? [])
  const other = variables.length > 0 ? `, or set ${variables.join(', ')}` : ''
  return `The tests need ${missing.join(' and ')}. Install with "sudo apt-get install ${packages}" (or as your system does it)${other}, then run npm test again in ${root}`
}
