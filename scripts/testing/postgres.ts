import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findPostgres } from '../provision.mjs'

const READY_WITHIN_MS = 60_000

export interface Postgres {
  /** Of the empty database `postgres`, with all rights and no password. */
  url: string
  /** Stops the server and leaves its data and its port to `startAgain`. */
  shutDown(): Promise<void>
  startAgain(): Promise<void>
  /** False also when it has ended by itself. */
  isRunning(): boolean
  stop(): Promise<void>
}

/**
 * A PostgreSQL server of its own for tests: empty, in a temporary folder (or below the given one), on a free port of
 * 127.0.0.1, without fsync. It ends with this process; `stop` ends it sooner and removes the folder.
 */
export async function startPostgres(below = tmpdir()): Promise<Postgres> {
  const programs = findPostgres()
  if (!programs) throw new Error('PostgreSQL is not installed (Debian: apt-get install postgresql)')
  const folder = mkdtempSync(join(below, 'gatehouse-postgres-'))
  const user = unprivileged()
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const initdb = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']
  await promisify(execFile)(join(programs, 'initdb'), initdb, { ...user, cwd: folder })
  const port = await freePort()
  const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: folder, fsync: 'off' }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  let server: ChildProcess
  const start = async () => {
    server = spawn(join(programs, 'postgres'), ['-D', data, ...options], {
      ...{ ...user, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] as ['ignore', 'ignore', 'pipe'] },
    })
    await becomesReady(server)
  }
  const killServer = () => server?.kill('SIGQUIT')
  process.once('exit', killServer)
  await start()
  return {
    url: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    shutDown: () => end(server),
    startAgain: start,
    isRunning: () => server.exitCode === null && server.signalCode === null,
    async stop() {
      process.off('exit', killServer)
      await end(server)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root: then as the user `postgres`, whom its package makes. */
function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const id = (option: string) => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

function becomesReady(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = ''
    const fail = () => reject(new Error(`PostgreSQL did not start:\n${log}`))
    const timer = setTimeout(fail, READY_WITHIN_MS)
    server.once('exit', fail)
    server.stderr?.on('data', (chunk) => {
      if (log.length < 10_000) log += chunk
      if (!log.includes('ready to accept connections')) return
      clearTimeout(timer)
      server.off('exit', fail)
      resolve()
    })
  })
}

function end(server: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve()
    server.once('exit', () => resolve())
    server.kill('SIGINT')
  })
}
