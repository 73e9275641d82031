// Brings node_modules in line with package-lock.json; plain Node, since it runs before there is any package.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run, Stop, say } from './project.mjs'

const RUNTIME_STAMP = 'node_modules/.gatehouse-runtime'

/** Throws Stop when this Node is older than package.json asks for. */
export function checkNode() {
  const needed = readJson('package.json').engines.node.replace('>=', '')
  if (compareVersions(process.versions.node, needed) >= 0) return
  throw new Stop(
    `Gatehouse needs Node ${needed} or newer, and this is ${process.versions.node}. Install it from https://nodejs.org and try again.`,
  )
}

/** Installs the packages of package-lock.json, unless they are there already. Throws Stop. */
export async function installPackages() {
  if (isInstalled()) return
  say('Installing packages (first start only; a few minutes at most) ...')
  const npm = process.env.npm_execpath
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const { code, output } = npm?.endsWith('.js')
    ? await run(process.execPath, [npm, ...args], { quiet: true })
    : await run('npm', args, { quiet: true })
  if (code !== 0) {
    console.error(output)
    throw new Stop('The packages could not be installed; npm says why above. Put it right and start again.')
  }
  writeFileSync(join(root, RUNTIME_STAMP), runtime())
}

/**
 * True when node_modules is what package-lock.json says: npm keeps a copy of the lockfile as it was installed.
 * Compiled packages also belong to one Node version.
 */
export function isInstalled() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false
  const installed = readJson('node_modules/.package-lock.json').packages
  const wanted = Object.entries(readJson('package-lock.json').packages)
  const complete = wanted.every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  )
  const stamp = join(root, RUNTIME_STAMP)
  if (complete && !existsSync(stamp)) writeFileSync(stamp, runtime())
  return complete && readFileSync(stamp, 'utf8') === runtime()
}

function runtime() {
  return `${process.platform} ${process.arch} modules ${process.versions.modules}\n`
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8'))
}

/** @param {string} a @param {string} b */
function compareVersions(a, b) {
  return a.localeCompare(b, 'en', { numeric: true })
}
