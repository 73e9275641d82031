import { spawn } from 'node:child_process'
import { PassThrough } from 'node:stream'
import { run } from '@/cli/run'
import { root } from '../project.mjs'

export interface Ran {
  code: number | null
  out: string
  err: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into it freely
  json: any
}

/** Runs the real `gatehouse` command with these settings, as an operator's shell would. */
export function commandIn(settings: Readonly<Record<string, string>>) {
  return (words: readonly string[], stdin = ''): Promise<Ran> =>
    new Promise((resolve, reject) => {
      const args = ['scripts/gatehouse.mjs', ...words]
      const { PATH = '', HOME = '' } = process.env
      const child = spawn(process.execPath, args, {
        cwd: root,
        env: { PATH, HOME, NODE_ENV: 'test', ...settings },
      })
      const [out, err]: [Buffer[], Buffer[]] = [[], []]
      child.stdout.on('data', (part) => out.push(part))
      child.stderr.on('data', (part) => err.push(part))
      child.once('error', reject)
      child.once('close', (code) => {
        const text = Buffer.concat(out).toString('utf8')
        const json = words.includes('--json') && code === 0 ? JSON.parse(text) : null
        resolve({ code, out: text, err: Buffer.concat(err).toString('utf8'), json })
      })
      child.stdin.on('error', () => {})
      child.stdin.end(stdin)
    })
}

/** Runs the command in this process, quicker: for what ends before it reads standard input. */
export async function runHere(words: readonly string[]): Promise<Omit<Ran, 'json'>> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const code = await run(words, { stdout, stderr })
  const text = (stream: PassThrough) => String(stream.read() ?? '')
  return { code, out: text(stdout), err: text(stderr) }
}
