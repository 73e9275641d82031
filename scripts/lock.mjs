// One process at a time prepares a folder; another one that comes meanwhile waits and then finds it done.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root, say } from './project.mjs'

const LOCK = join(root, '.preparing')
const RETRY_MS = 250

/**
 * Runs `work` while this process holds the lock. A lock whose process is gone is taken over.
 * @template T
 * @param {() => Promise<T>} work
 */
export async function withLock(work) {
  let told = false
  while (!take()) {
    if (!told) say('Waiting for another Gatehouse that is preparing itself here ...')
    told = true
    await sleep(RETRY_MS)
  }
  const release = () => rmSync(LOCK, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

/** The file appears with its content, so that nobody reads an empty one. */
function take() {
  const draft = `${LOCK}-${process.pid}`
  writeFileSync(draft, String(process.pid))
  try {
    linkSync(draft, LOCK)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    dropWhenAbandoned()
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Moves the dead holder's file away; if somebody else was faster and this is a living one's, puts it back. */
function dropWhenAbandoned() {
  const moved = `${LOCK}-from-${process.pid}`
  try {
    if (isAlive(Number(readFileSync(LOCK, 'utf8')))) return
    renameSync(LOCK, moved)
    if (isAlive(Number(readFileSync(moved, 'utf8')))) linkSync(moved, LOCK)
  } catch {
    // Released or taken meanwhile: the next attempt sees how it stands.
  } finally {
    rmSync(moved, { force: true })
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return pid !== process.pid && process.kill(pid, 0)
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM'
  }
}
