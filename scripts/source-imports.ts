// The imports of our own sources, resolved to files or named packages.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { posix } from 'node:path'
import { root } from './project.mjs'

export type SourceImport = {
  /** The importing file, relative to Gatehouse's folder. */
  from: string
  /** The imported file, when it is one of ours; null when it names a package. */
  file: string | null
  /** The package (`next`, `@prisma/client`, `node:fs`), when it is none of ours. */
  package: string | null
  text: string
}

/** Sources of the product below a file or folder, without tests. */
export function sourcesBelow(path: string): string[] {
  const stats = statSync(root + path, { throwIfNoEntry: false })
  if (!stats) return []
  if (!stats.isDirectory()) return [path]
  return readdirSync(root + path)
    .flatMap((name) => sourcesBelow(`${path}/${name}`))
    .filter((file) => /\.(tsx?|mjs)$/.test(file) && !/\.test\.tsx?$/.test(file))
}

const IMPORT =
  /^\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/gm

/** Every import, re-export and dynamic import of one file, types included. */
export function importsOf(from: string): SourceImport[] {
  const source = readFileSync(root + from, 'utf8')
  return [...source.matchAll(IMPORT)].map((match) => {
    const text = match[1] ?? match[2] ?? match[3] ?? ''
    const file = ownFile(from, text)
    return { from, text, file, package: file === null ? packageName(text) : null }
  })
}

function ownFile(from: string, text: string): string | null {
  if (text.startsWith('@/')) return existing(text.slice(2))
  if (text.startsWith('.')) return existing(posix.join(posix.dirname(from), text))
  return null
}

const ENDINGS = ['', '.ts', '.tsx', '.mjs', '/index.ts', '/index.tsx']

/** A path that leads nowhere stays as it is: the type check names it. */
function existing(path: string): string {
  return ENDINGS.map((ending) => path + ending).find(isFile) ?? path
}

function isFile(path: string): boolean {
  return existsSync(root + path) && statSync(root + path).isFile()
}

function packageName(text: string): string {
  if (text.startsWith('node:')) return text
  return text
    .split('/')
    .slice(0, text.startsWith('@') ? 2 : 1)
    .join('/')
}
