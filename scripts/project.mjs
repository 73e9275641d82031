// What every script needs: where Gatehouse is, how to run a program, how to stop with one sentence.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Gatehouse's own folder, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/** A failure that its sentence explains fully: shown without a stack. */
export class Stop extends Error {}

/**
 * Runs a script's main function; a Stop becomes its sentence and exit code 1.
 * @param {() => Promise<unknown>} work
 */
export async function main(work) {
  try {
    process.chdir(root)
    await work()
  } catch (error) {
    console.error(error instanceof Stop ? `\n${error.message}` : error)
    process.exitCode = 1
  }
}

/**
 * Tells what takes time; on stderr, so that a command's own output stays pure.
 * @param {string} line
 */
export function say(line) {
  console.error(line)
}

/** Programs of packages, run by this same Node. */
export const NEXT = 'node_modules/next/dist/bin/next'
export const TSX = ['--import', 'tsx', '--conditions=react-server']

/**
 * Runs a program in Gatehouse's folder to its end and promises its exit code and what it wrote.
 * @param {string} program
 * @param {string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options] quiet: keep the output back
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(program, args, { quiet = false, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk) => {
        output += chunk
      })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/**
 * One hash over files and whole folders, names and contents.
 * @param {string[]} paths relative to Gatehouse's folder; missing ones count as absent
 * @param {(path: string) => boolean} [counts]
 */
export function hashOf(paths, counts = () => true) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesBelow).filter(counts))
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  return hash.digest('hex')
}

/** @param {string} path @returns {string[]} */
function filesBelow(path) {
  const stats = statSync(join(root, path), { throwIfNoEntry: false })
  if (!stats) return []
  if (!stats.isDirectory()) return [path]
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesBelow(`${path}/${name}`))
}
