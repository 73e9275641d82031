import { Agent } from 'node:http'
import { cpus } from 'node:os'
import { measureInstances } from './http-instances'
import { measurePages } from './http-pages'
import { measureSignIns } from './http-sign-ins'

const PARTS = { pages: measurePages, 'sign-ins': measureSignIns, instances: measureInstances }

/**
 * What signing in, the allowlist and everything else cost over HTTP, on the production build (`npm run build` first): pages
 * beside the same page of a bare Next.js app, sign-ins beside bare argon2id, one instance beside two. Exits with 1 when
 * the allowlist or a sign-in costs more than it may. `npm run bench -- http [pages | sign-ins | instances]`.
 */
export async function run(wanted: string[]): Promise<void> {
  const agent = new Agent({ keepAlive: true })
  console.log(`${cpus().length} cores, shared by servers, client and database.`)
  try {
    for (const [name, measure] of Object.entries(PARTS)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue
      for (const sentence of await measure(agent)) {
        console.error(`\n${sentence}`)
        process.exitCode = 1
      }
    }
  } finally {
    agent.destroy()
  }
}
