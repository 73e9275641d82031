import { catchUpMatches, writeMatches } from '../data/range-matches'
import { logger } from './logger'

const EVERY_MS = 10_000

const WRITING = Symbol.for('gatehouse.writing-matches')
const shared = globalThis as { [WRITING]?: NodeJS.Timeout }

const failed = (error: unknown) => logger().error({ err: error }, 'When ranges last matched was not written')

/** Writes every ten seconds which ranges let somebody in, so that no sign-in has to; first what the last process left. */
export function startWritingMatches(): void {
  if (shared[WRITING]) return
  shared[WRITING] = setInterval(() => void writeMatches().catch(failed), EVERY_MS).unref()
  void catchUpMatches().catch(failed)
}

/** Writes the rest, once the last sign-in has been answered. */
export async function stopWritingMatches(): Promise<void> {
  clearInterval(shared[WRITING])
  await writeMatches().catch(failed)
}
