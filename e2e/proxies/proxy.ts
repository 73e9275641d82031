import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect as connectTls } from 'node:tls'
import { layCertificate } from './certificate'
import { LISTENS_AT, placed } from './placed'
import { RUNNING } from './programs'
import { type Program, type Role, snippet } from './snippets'

const READY_WITHIN_MS = 20_000

/** A running nginx, haproxy or caddy with a snippet of docs/behind-a-proxy.md. */
export interface Front {
  port: number
  /** It speaks TLS to its clients. */
  isTls: boolean
  /** `host:port`, for a proxy in front of it. */
  address: string
  stop(): Promise<void>
}

/** Starts one on a free port, or the given one, in front of `to` (`host:port`), and waits until it listens. */
export async function startProxy(program: Program, role: Role, to: string, given?: number): Promise<Front> {
  const place = { to, port: given ?? (await freePort()) }
  return runProxy(program, snippet(program, role), place, role === 'edge')
}

/** Starts one with this configuration, its names and addresses replaced by those of the test. */
export async function runProxy(
  program: Program,
  text: string,
  { to, port }: { to: string; port: number },
  isTls = false,
): Promise<Front> {
  const folder = await mkdtemp(path.join(tmpdir(), `gatehouse-${program}-`))
  if (isTls) await layCertificate(folder)
  const { config, args } = RUNNING[program]
  const file = path.join(folder, `${program}.conf`)
  await writeFile(file, config(placed(text, { port, to, folder }), folder))
  const { process: child, kill } = start(program, args(file, folder), folder)
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      log += chunk
    })
  for (const host of Object.values(LISTENS_AT)) await answers(child, { host, port, isTls }, () => log)
  return {
    ...{ port, isTls, address: `${LISTENS_AT.ipv4}:${port}` },
    async stop() {
      process.off('exit', kill)
      await end(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function start(program: Program, args: string[], folder: string) {
  const PATH = `${process.env.PATH}:/usr/sbin:/sbin`
  const { NODE_ENV } = process.env
  const env = { NODE_ENV, PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
  const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  return { process: child, kill }
}

interface Door {
  host: string
  port: number
  isTls: boolean
}

/** Caddy listens before it has made its certificate, so a handshake has to succeed too. */
async function answers(child: ChildProcess, door: Door, log: () => string): Promise<void> {
  const endsAt = Date.now() + READY_WITHIN_MS
  while (child.exitCode === null && Date.now() < endsAt) {
    if (await opens(door)) return
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  child.kill('SIGKILL')
  throw new Error(
    `${child.spawnfile} does not answer at ${door.host}, port ${door.port}. It wrote:\n${log()}`,
  )
}

async function opens({ host, port, isTls }: Door): Promise<boolean> {
  const socket = isTls
    ? connectTls({ host, port, servername: 'localhost', rejectUnauthorized: false })
    : connect({ host, port })
  try {
    await once(socket, isTls ? 'secureConnect' : 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 2_000)
  await gone
  clearTimeout(timer)
}

/** A port that is free on both addresses at which the proxies listen. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, LISTENS_AT.ipv4)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
