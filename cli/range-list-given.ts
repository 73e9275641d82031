import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { findExcess, type ListLimits } from '@/lib/core/range-list'
import { decodeTextFile } from '@/lib/core/text-file'
import { Problem, UsageProblem } from './problem'

/** As many lines as a list has ranges at most. */
const MAX: ListLimits = { lines: 100_000, bytes: 10_000_000 }

/** The text of the list in this file, or on standard input for `-`. Throws Problem. */
export async function readRangeList(file: string): Promise<string> {
  const text = decodeTextFile(file === '-' ? await readInput() : await readNamed(file))
  const excess = findExcess(text, MAX)
  if (excess) throw new Problem(`${excess} Nothing was changed.`)
  return text
}

async function readInput(): Promise<Uint8Array> {
  if (process.stdin.isTTY) throw new UsageProblem('- reads the list from a pipe: ... < file')
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of process.stdin) {
    parts.push(Buffer.from(part))
    bytes += part.length
    if (bytes > 2 * MAX.bytes) throw tooLong()
  }
  return Buffer.concat(parts)
}

async function readNamed(name: string): Promise<Uint8Array> {
  // npm runs every command in Gatehouse's folder, wherever its name was typed.
  const file = path.resolve(name)
  try {
    // A file in UTF-16 has two bytes for each that counts.
    if ((await stat(file)).size > 2 * MAX.bytes) throw tooLong()
    return await readFile(file)
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem(`${whyUnreadable(file, (error as { code?: string }).code)} Nothing was changed.`)
  }
}

/** Why a file that was named could not be read, and what to do; `code` is the errno. */
export function whyUnreadable(file: string, code: string | undefined): string {
  if (code === 'ENOENT') return `There is no file ${file}.`
  if (code === 'EISDIR') return `${file} is a folder. Name a file in it.`
  if (code === 'EACCES') return `${file} may not be read by the user who runs this command.`
  return `${file} can't be read (${code}).`
}

function tooLong(): Problem {
  return new Problem(`The list is too long: at most ${MAX.bytes / 1_000_000} MB. Nothing was changed.`)
}
