import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const NEXT = path.join(ROOT, 'node_modules/next/dist/bin/next')
/** What the page is made of, and needs neither a person nor a database. */
const AS_IT_IS = [
  'components',
  'lib/core',
  'app/layout.tsx',
  'app/globals.css',
  'postcss.config.js',
  'tsconfig.json',
]
const PAGE = 'app/agent-console'
const ACTIONS = [`${PAGE}/actions.ts`, 'app/(entry)/sign-out/actions.ts']

/** What each function that the page calls answers, by module: the real answers, as constants. */
export type Constants = Record<string, Record<string, unknown>>

export interface BareApp {
  url: string
  stop(): Promise<void>
}

/**
 * A Next.js app that serves the Agent Console without anything of Gatehouse around it: same layout, same components, the
 * answers of session and data as constants. Asked with `?proxied` it passes a proxy that does nothing. Made in a folder
 * of its own beside the packages, built, and removed at the end.
 */
export async function startBareApp(constants: Constants): Promise<BareApp> {
  const folder = await mkdtemp(path.join(ROOT, '.next-bare-'))
  try {
    await write(folder, constants)
    const env = { ...process.env, NODE_ENV: 'production' as const, NEXT_TELEMETRY_DISABLED: '1' }
    await promisify(execFile)(process.execPath, [NEXT, 'build'], { cwd: folder, env })
    const port = await freePort()
    const server = spawn(process.execPath, [NEXT, 'start', '-H', '127.0.0.1', '-p', String(port)], {
      ...{ cwd: folder, env, stdio: 'ignore' },
    })
    const url = `http://127.0.0.1:${port}`
    await answers(server, `${url}/agent-console`)
    return {
      url,
      async stop() {
        const gone = once(server, 'exit')
        server.kill('SIGTERM')
        await gone
        await rm(folder, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

async function write(folder: string, constants: Constants): Promise<void> {
  for (const one of AS_IT_IS) await cp(path.join(ROOT, one), path.join(folder, one), { recursive: true })
  // The page itself; not the pages below it.
  await cp(path.join(ROOT, PAGE), path.join(folder, PAGE), {
    recursive: true,
    filter: (source) => !source.includes(`${PAGE}/second-factor`),
  })
  for (const file of ACTIONS) await put(folder, file, await withoutDeeds(file))
  for (const [file, functions] of Object.entries(constants))
    await put(
      folder,
      file,
      Object.entries(functions)
        .map(([name, value]) => constant(name, value))
        .join(''),
    )
  // Otherwise Next takes the one of the folder above.
  await put(folder, 'instrumentation.ts', 'export function register() {}\n')
  await put(folder, 'package.json', JSON.stringify({ private: true, type: 'module' }))
  await put(
    folder,
    'proxy.ts',
    `import { NextResponse } from 'next/server'
export const proxy = () => NextResponse.next()
export const config = { matcher: [{ source: '/agent-console', has: [{ type: 'query', key: 'proxied' }] }] }
`,
  )
  await put(
    folder,
    'next.config.js',
    `export default { poweredByHeader: false, typescript: { ignoreBuildErrors: true }, turbopack: { root: ${JSON.stringify(ROOT)} } }\n`,
  )
}

/** The same actions by name, which do nothing. */
async function withoutDeeds(file: string): Promise<string> {
  const names = (await readFile(path.join(ROOT, file), 'utf8')).matchAll(
    /^export (?:const|async function) (\w+)/gm,
  )
  return `'use server'\n${[...names].map(([, name]) => `export async function ${name}() {}\n`).join('')}`
}

/** A function that answers this; instants are instants again. */
function constant(name: string, value: unknown): string {
  const text = JSON.stringify(JSON.stringify(value))
  return `const ${name}Answer = () => JSON.parse(${text}, (_, one) => /^\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$/.test(one) ? new Date(one) : one)
export const ${name} = async () => ${name}Answer()
`
}

async function put(folder: string, file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true })
  await writeFile(path.join(folder, file), text)
}

async function answers(server: ChildProcess, url: string): Promise<void> {
  while (server.exitCode === null) {
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    if (answer) throw new Error(`The bare app answered ${answer.status}.`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('The bare app ended before it answered.')
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return port
}
