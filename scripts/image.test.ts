import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { SettingsSchema } from '@/lib/core/settings'
import { GATEHOUSE, programOf } from './programs.mjs'
import { root } from './project.mjs'

const read = (file: string) => readFileSync(root + file, 'utf8')

/** The instructions of the Dockerfile, continued lines joined, by stage. */
function stages(): { base: string; name: string; does: [instruction: string, rest: string][] }[] {
  const lines = read('Dockerfile')
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter(Boolean)
  const found: ReturnType<typeof stages> = []
  for (const line of lines) {
    const [, instruction = '', rest = ''] = /^([A-Z]+)\s+(.+)$/.exec(line) ?? []
    if (instruction === '') throw new Error(`"${line}" is no instruction.`)
    const [, base = '', name = ''] = instruction === 'FROM' ? (/^(\S+) AS (\S+)$/.exec(rest) ?? []) : []
    if (instruction === 'FROM') found.push({ base, name, does: [] })
    else found.at(-1)?.does.push([instruction, rest])
  }
  return found
}

const EXACT = /^[a-z]+:\d+\.\d+(\.\d+)?-[a-z-]+$/

describe('the Dockerfile', () => {
  const [build, runtime] = stages()
  const of = (instruction: string) =>
    runtime?.does.filter(([name]) => name === instruction).map(([, rest]) => rest) ?? []

  test('builds in one stage and runs in another, on images of exact versions', () => {
    expect(stages().map(({ name }) => name)).toEqual(['build', 'runtime'])
    for (const { base } of stages()) expect(base).toMatch(EXACT)
    expect(of('COPY')).toEqual(['--from=build /app ./'])
  })

  test('installs what the lockfile says, and leaves out what only the build needs', () => {
    const runs = build?.does.filter(([name]) => name === 'RUN').map(([, rest]) => rest) ?? []
    expect(runs.some((run) => run.startsWith('npm ci '))).toBe(true)
    expect(runs.at(-1)).toMatch(/^npm run build && npm prune --omit=dev /)
  })

  test('runs as a user of a fixed number who is not root, and to whom the program does not belong', () => {
    expect(of('USER')).toEqual(['10001:10001'])
    const order = runtime?.does.map(([name]) => name) ?? []
    expect(order.indexOf('COPY')).toBeLessThan(order.indexOf('USER'))
    expect(of('COPY')[0]).not.toContain('--chown')
  })

  test('has one folder to write to, which is DATA_DIR', () => {
    expect(of('VOLUME')).toEqual(['["/data"]'])
    expect(of('ENV').join(' ')).toContain('DATA_DIR=/data')
  })

  test('tells its health, and starts what is there', () => {
    const [health = ''] = of('HEALTHCHECK')
    for (const command of [/CMD (\[.+\])$/.exec(health)?.[1] ?? '', of('CMD')[0] ?? '']) {
      const [program, script] = JSON.parse(command)
      expect(program).toBe('node')
      expect(() => read(script)).not.toThrow()
    }
  })

  test('has the command as the build has compiled it', () => {
    expect(of('RUN').join(' ')).toContain(` ${programOf(GATEHOUSE)} "$@"`)
  })

  test('holds no secret', () => {
    const names = build?.does.concat(runtime?.does ?? []).filter(([name]) => name === 'ENV' || name === 'ARG')
    expect(JSON.stringify(names)).not.toMatch(/SECRET|PASSWORD|TOKEN|DATABASE_URL|SMTP/)
  })
})

test('nothing of this machine gets into an image', () => {
  const ignored = read('.dockerignore').split('\n')
  for (const name of ['.git', '.env', '.env.*', 'var', 'node_modules', '.next', 'prisma/generated'])
    expect(ignored).toContain(name)
  for (const line of read('.gitignore').split('\n').filter(Boolean))
    expect(
      ignored.some((one) => one === line.replace(/^\/|\/$/g, '') || line.startsWith('next-env')),
      line,
    ).toBe(true)
})

/** The lines of one service of compose.yaml, without comments. */
function service(name: string): string {
  const text = read('compose.yaml').replace(/^\s*#.*\n/gm, '')
  const services = text.slice(text.indexOf('\nservices:\n'), text.indexOf('\nconfigs:\n'))
  const [, lines = ''] = new RegExp(`\\n  ${name}:\\n((?: {4}.*\\n|\\n)+)`).exec(`${services}\n`) ?? []
  return lines
}

describe('compose.yaml', () => {
  test('names images of exact versions', () => {
    const images = [...read('compose.yaml').matchAll(/^ {4}image: (\S+)$/gm)].map(([, image]) =>
      String(image),
    )
    expect(images).toHaveLength(3)
    for (const image of images) expect(image).toMatch(/^[a-z]+:\d+\.\d+(\.\d+)?(-[a-z]+)?$/)
  })

  test('runs Gatehouse without rights, on a file system that cannot be written', () => {
    const app = service('app')
    for (const line of [
      'read_only: true',
      'user: "10001:10001"',
      'cap_drop: [ALL]',
      'volumes: ["data:/data"]',
    ])
      expect(app).toContain(`    ${line}\n`)
    expect(app).toContain('no-new-privileges:true')
    expect(app).not.toMatch(/\n {4}ports:/)
  })

  test('trusts the address of Caddy, and no other', () => {
    const [, trusted] = /TRUSTED_PROXIES: (\S+)/.exec(service('app')) ?? []
    const [, caddy] = /ipv4_address: (\S+)/.exec(service('caddy')) ?? []
    expect(trusted).toBe(caddy)
    expect(read('compose.yaml')).toMatch(/\n {2}inside:\n {4}internal: true\n/)
  })

  test('gives Gatehouse settings that there are, and has no secret of its own', () => {
    const environment =
      service('app')
        .split('    environment:\n')[1]
        ?.split(/\n {4}\w/)[0] ?? ''
    const names = [...environment.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => String(name))
    expect(names.length).toBeGreaterThan(5)
    for (const name of names) expect(Object.keys(SettingsSchema.shape)).toContain(name)
    for (const [, value] of read('compose.yaml').matchAll(/(?:SECRET|PASSWORD|TOKEN): (.+)$/gm))
      expect(value).toMatch(/^\$\{/)
  })

  test('keeps every folder that has to outlive its container in a volume', () => {
    const named = [
      ...(read('compose.yaml')
        .split('\nvolumes:\n')[1]
        ?.matchAll(/^ {2}(\w+):/gm) ?? []),
    ].map(([, name]) => name)
    expect(named).toEqual(['data', 'postgres', 'certificates', 'caddy'])
  })
})
