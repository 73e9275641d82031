import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Front, freePort, runProxy } from './proxy'

const PAGE = readFileSync(fileURLToPath(new URL('../../docs/several-instances.md', import.meta.url)), 'utf8')
const PLACEHOLDERS = ['10.0.0.21:3000', '10.0.0.22:3000']

/** The nginx of docs/several-instances.md in front of two instances (`host:port`), which it asks in turn. */
export async function startBalancer(instances: [string, string], port?: number): Promise<Front> {
  const text = /<!-- tested: nginx several -->\n```nginx\n([\s\S]*?)^```$/m.exec(PAGE)?.[1]
  if (!text) throw new Error('docs/several-instances.md has no tested configuration.')
  const aimed = PLACEHOLDERS.reduce((before, place, at) => before.replace(place, instances[at] ?? ''), text)
  return runProxy('nginx', aimed, { to: '', port: port ?? (await freePort()) })
}
