// Programs in TypeScript that run beside the server. Each is compiled into a folder of its own, since a loader that reads
// TypeScript file by file takes longer than most commands do.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { hashOf, root, Stop, say } from './project.mjs'

/** The operator's command, and what is done before a server starts. */
export const GATEHOUSE = 'cli/gatehouse.ts'
export const PREPARE = 'scripts/prepare.ts'

/** Packages of hundreds of small files, or of JSON: compiled with the program. The others stay where they are. */
const TAKEN_IN = ['zod', '@zxcvbn-ts/language-common']

/**
 * Where a program is to be run from, below Gatehouse's folder.
 * @param {string} source
 */
export function programOf(source) {
  return `${folderOf(source)}/${basename(source, '.ts')}.js`
}

/**
 * True when the program is made from its sources as they are.
 * @param {string} source
 */
export function isCompiled(source) {
  const stamp = join(root, stampOf(source))
  if (!existsSync(stamp)) return false
  const { inputs, hash } = JSON.parse(readFileSync(stamp, 'utf8'))
  return hashOf(inputs) === hash
}

/** Compiles what runs beside the server, whoever it is that will run it: they may not write here. Throws Stop. */
export async function compilePrograms() {
  await compileProgram(GATEHOUSE)
  await compileProgram(PREPARE)
}

/**
 * Compiles a program when its sources have changed. Throws Stop.
 * @param {string} source
 */
export async function compileProgram(source) {
  if (isCompiled(source)) return
  say(`Compiling ${source} ...`)
  rmSync(join(root, folderOf(source)), { recursive: true, force: true })
  const inputs = [...(await compile(source)), 'package-lock.json', 'tsconfig.json']
  writeFileSync(join(root, stampOf(source)), JSON.stringify({ inputs, hash: hashOf(inputs) }))
}

/** @param {string} source @returns {Promise<string[]>} what it is made from, without packages */
async function compile(source) {
  const { build } = await import('esbuild')
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const packages = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !TAKEN_IN.includes(name),
  )
  try {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: [source],
      outdir: folderOf(source),
      ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node20' },
      conditions: ['react-server'],
      external: packages.flatMap((name) => [name, `${name}/*`]),
      ...{ sourcemap: true, metafile: true },
    })
    return Object.keys(metafile.inputs).filter((path) => !path.startsWith('node_modules/'))
  } catch {
    throw new Stop(`${source} could not be compiled; the reason is above.`)
  }
}

/** @param {string} source */
function folderOf(source) {
  return `.programs/${source.replace(/\.ts$/, '')}`
}

/** @param {string} source */
function stampOf(source) {
  return `${folderOf(source)}/.made-from`
}
