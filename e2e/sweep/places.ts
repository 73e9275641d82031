import { readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const BUILD = path.join(ROOT, process.env.GATEHOUSE_BUILD_DIR || '.next')

/** Screens of Next's own, which nobody opens by address. */
const INTERNAL = ['/_global-error', '/_not-found']

/** Addresses of the build that is tested, as their folders are named: `/authorize-ip/[token]`. */
export function builtAddresses(kind: 'page' | 'route'): string[] {
  const routes = read<Record<string, string>>('app-path-routes-manifest.json')
  return Object.entries(routes)
    .filter(([file, address]) => file.endsWith(`/${kind}`) && !INTERNAL.includes(address))
    .map(([, address]) => address)
    .sort()
}

/** A server action of the build: where it stands, and the id by which a browser calls it. */
export interface BuiltAction {
  id: string
  /** "agent-console/actions#endOwnAction": its file below `app`, and its name. */
  name: string
}

export function builtActions(): BuiltAction[] {
  const { node } = read<{ node: Record<string, { filename: string; exportedName: string }> }>(
    'server/server-reference-manifest.json',
  )
  return Object.entries(node).map(([id, { filename, exportedName }]) => ({
    id,
    name: `${filename.replace(/^app\//, '').replace(/\.ts$/, '')}#${exportedName}`,
  }))
}

function read<T>(file: string): T {
  return JSON.parse(readFileSync(path.join(BUILD, file), 'utf8'))
}
