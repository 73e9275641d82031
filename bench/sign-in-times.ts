import { startGatehouse } from '../e2e/fixtures/gatehouse'
import { send } from '../e2e/fixtures/http'
import { median } from './measure'

const TRIES = 200
const WARM_UP = 20
const FARTHEST_APART = 1.1

/**
 * Whether the time of an answer tells why somebody was not let in: 200 sign-ins each with an unknown e-mail, a wrong
 * password and a disabled agent's right one, in turn, each from a network of its own, over the mobile API of the
 * production build (`npm run build` first). Exits with 1 when the medians are more than 10 % apart.
 */
export async function run(): Promise<void> {
  const server = await startGatehouse({ TRUSTED_PROXIES: '127.0.0.0/8' })
  try {
    const { ana, lena } = await server.seed.makeAccount({ agents: 1 })
    await server.seed.setAgent(lena.id, { enabled: false })
    const attempts = {
      'unknown e-mail': { email: 'nobody@example.com', password: ana.password, times: [] as number[] },
      'wrong password': { email: ana.email, password: 'not the right one', times: [] as number[] },
      'disabled agent': { email: lena.email, password: lena.password, times: [] as number[] },
    }
    for (let round = -WARM_UP; round < TRIES; round++)
      for (const [at, { times, ...person }] of Object.values(attempts).entries()) {
        const ms = await timeSignIn(
          server.url,
          person,
          `2001:db8:${at}${String(round + WARM_UP).padStart(3, '0')}::1`,
        )
        if (round >= 0) times.push(ms)
      }
    report(Object.entries(attempts).map(([name, { times }]) => [name, median(times)]))
  } finally {
    await server.stop()
  }
}

async function timeSignIn(
  url: string,
  person: { email: string; password: string },
  ip: string,
): Promise<number> {
  const begin = performance.now()
  const { status } = await send(`${url}/api/mobile/v1/sign-in`, {
    headers: { 'content-type': 'application/json', 'x-forwarded-for': ip },
    body: JSON.stringify({ ...person, device: 'bench' }),
  })
  if (status !== 401) throw new Error(`Sign-in answered ${status} instead of 401.`)
  return performance.now() - begin
}

function report(medians: [name: string, ms: number][]): void {
  const fastest = Math.min(...medians.map(([, ms]) => ms))
  console.log(`Refused sign-ins, ${TRIES} of each in turn\n`)
  console.log(`${'because of'.padEnd(20)} median ms   ratio to the fastest`)
  for (const [name, ms] of medians)
    console.log(`${name.padEnd(20)} ${ms.toFixed(2).padStart(9)}   ${(ms / fastest).toFixed(3)}`)
  if (medians.every(([, ms]) => ms <= fastest * FARTHEST_APART)) return
  console.error('\nThe times tell more than the words do: the medians are more than 10 % apart.')
  process.exitCode = 1
}
