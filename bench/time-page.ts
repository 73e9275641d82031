import { type Agent, request } from 'node:http'

/** Milliseconds from the request to the last byte of a page, which has to answer 200. */
export function timePage(agent: Agent, url: string, cookie: string, ip: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const begin = performance.now()
    const outgoing = request(url, { agent, headers: { cookie, 'x-forwarded-for': ip } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`The page answered ${answer.statusCode}.`))
      answer.on('data', () => {}).on('error', reject)
      answer.on('end', () => resolve(performance.now() - begin))
    })
    outgoing.on('error', reject).end()
  })
}
