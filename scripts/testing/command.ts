import { spawn } from 'node:child_process'
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
      const args = ['--import', 'tsx', '--conditions=react-server', 'cli/gatehouse.ts', ...words]
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
