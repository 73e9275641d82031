import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { listenLocally } from '@/scripts/testing/listen'
import type { Gatehouse } from '../fixtures/gatehouse'
import { send } from '../fixtures/http'
import { isRefused, signIn } from '../fixtures/people'
import { HOTEL, OFFICE } from '../fixtures/places'
import { allIsSent, isLinkMail, linkMailOf } from './link-mail'
import { DATABASES, expect, test } from './test'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

for (const kind of DATABASES) {
  test(`${kind}: SIGTERM accepts nothing more, finishes what is in flight, and exits with 0`, async ({
    stage,
  }) => {
    const server = await stage.start(await stage.database(kind))
    const { lena } = await server.seed.makeAccount({ agents: 1 })
    const slow = await beginSignIn(server, lena)
    const ended = server.end('SIGTERM')
    await expect.poll(() => accepts(server)).toBe(false)
    expect(await Promise.race([ended, 'still there'])).toBe('still there')
    const answer = await slow.finish()
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(answer).toMatch(/^connection: close$/im)
    expect(answer).toContain('"accessToken"')
    expect(await ended).toBe(0)
    expect(server.log.text()).toContain('"msg":"Ended"')
    expect(server.log.takeSurprises()).toEqual([])
  })

  test(`${kind}: a mail that is being sent when SIGTERM comes is sent to its end and recorded`, async ({
    stage,
    from,
  }) => {
    const mail = await stage.mail()
    const server = await stage.start({ ...(await stage.database(kind)), SMTP_URL: mail.url })
    const { id, ana } = await server.seed.makeAccount({ ranges: [OFFICE], allowlistEnabled: true })
    const page = await from(HOTEL, { at: server })
    await signIn(page, ana)
    await isRefused(page, HOTEL)
    await allIsSent(server, id)
    let ended: Promise<number | string> | undefined
    mail.beforeYes = async () => {
      ended = server.end('SIGTERM')
      await expect.poll(() => accepts(server)).toBe(false)
    }
    await page.getByRole('button', { name: 'Authorize this IP' }).click()
    await expect.poll(() => mail.taken.filter(isLinkMail)).toHaveLength(1)
    expect(await ended).toBe(0)
    expect(await linkMailOf(server, id)).toMatchObject({ attempts: 1, isKept: false })
  })
}

test('a request that never ends is broken off after ten seconds, and the exit code is 0', async ({
  stage,
}) => {
  const server = await stage.start({})
  const { lena } = await server.seed.makeAccount({ agents: 1 })
  await beginSignIn(server, lena)
  const begin = performance.now()
  expect(await server.end('SIGTERM')).toBe(0)
  const seconds = (performance.now() - begin) / 1000
  expect(seconds).toBeGreaterThan(9.5)
  expect(seconds).toBeLessThan(14)
})

test('“npm start” serves, ends with 0 on SIGTERM, and names a port that is taken', async ({ stage }) => {
  const port = await freePort()
  const folder = test.info().outputPath('var')
  const first = npmStart(port, folder)
  stage.finally(first.killAll)
  await expect.poll(() => isHealthy(port), { timeout: 60_000 }).toBe(true)

  const second = npmStart(port, folder)
  expect(await second.end).toBe(1)
  expect(second.output()).toContain(
    `Port ${port} on 127.0.0.1 is taken by another program (perhaps Gatehouse is running already).`,
  )
  first.child.kill('SIGTERM')
  expect(await first.end).toBe(0)
  expect(await isHealthy(port)).toBe(false)
})

test('“npm start” leaves no server behind when npm alone gets the signal', async ({ stage }) => {
  const port = await freePort()
  const npm = npmStart(port, test.info().outputPath('var'), { program: 'npm', args: ['start'] })
  stage.finally(npm.killAll)
  await expect.poll(() => isHealthy(port), { timeout: 60_000 }).toBe(true)
  npm.child.kill('SIGTERM')
  await npm.end
  expect(npm.output()).toContain('"msg":"Ended"')
  expect(await isHealthy(port)).toBe(false)
})

/** Sends all of a sign-in but its last byte; `finish` sends that and promises the answer. */
async function beginSignIn({ port }: Gatehouse, { email, password }: { email: string; password: string }) {
  const body = JSON.stringify({ email, password, device: 'Pixel 9' })
  const socket = connect(port, '127.0.0.1').setEncoding('utf8')
  let answer = ''
  socket.on('data', (part: string) => {
    answer += part
  })
  socket.on('error', () => {})
  await once(socket, 'connect')
  const head = [
    'POST /api/mobile/v1/sign-in HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n${body.slice(0, -1)}`)
  // Its own connection has been taken by the time that a later one is answered.
  await send(`http://127.0.0.1:${port}/healthz`)
  return {
    async finish() {
      const closed = once(socket, 'close')
      socket.write(body.slice(-1))
      await closed
      return answer
    },
  }
}

async function accepts({ port }: { port: number }): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

async function isHealthy(port: number): Promise<boolean> {
  const answer = await send(`http://127.0.0.1:${port}/healthz`).catch(() => null)
  return answer?.status === 200
}

/** Runs what `npm start` runs, in the folder of this build; `npm start` itself when told. */
function npmStart(
  port: number,
  folder: string,
  { program, args } = { program: process.execPath, args: ['scripts/start.mjs'] },
) {
  const { PATH, HOME } = process.env
  const env = {
    PATH,
    HOME,
    NODE_ENV: 'production' as const,
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: folder,
  }
  const child = spawn(program, args, {
    detached: true,
    ...{ cwd: ROOT, env: { ...env, DATABASE_URL: '', AUTH_SECRET: '', APP_URL: '', SMTP_URL: '' } },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
  // When nobody has its output any more, also no process that it left behind.
  const end = once(child, 'close').then(([code]) => code as number | null)
  const killAll = () => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL')
    } catch {
      // All have ended.
    }
  }
  return { child, end, killAll, output: () => text }
}

async function freePort(): Promise<number> {
  const probe = createServer()
  const port = await listenLocally(probe)
  await new Promise((resolve) => probe.close(resolve))
  return port
}
