// One process at a time prepares a folder; another one that comes meanwhile waits and then finds it done.
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root, Stop, say } from './project.mjs'

const RETRY_MS = 250

/**
 * Runs `work` while this process holds the lock of a folder. A lock whose process is gone is taken over. Throws Stop where
 * the folder can't be written.
 * @template T
 * @param {() => Promise<T>} work
 * @param {string} folder
 */
export async function withLock(work, folder = root) {
  const lock = join(folder, '.preparing')
  let told = false
  while (!take(lock)) {
    if (!told) say('Waiting for another Gatehouse that is preparing itself here ...')
    told = true
    await sleep(RETRY_MS)
  }
  const release = () => rmSync(lock, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

/**
 * The file appears with its content, so that nobody reads an empty one.
 * @param {string} lock
 */
function take(lock) {
  const draft = `${lock}-${process.pid}`
  writeDraft(draft)
  try {
    linkSync(draft, lock)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error
    dropWhenAbandoned(lock)
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}

/** @param {string} draft */
function writeDraft(draft) {
  try {
    writeFileSync(draft, String(process.pid))
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    throw new Stop(
      `Packages and build belong into ${dirname(draft)}, and Gatehouse can't write there (${code}); expected a folder, with room in it, that the user who runs this may write to.`,
    )
  }
}

/**
 * Moves the dead holder's file away; if somebody else was faster and this is a living one's, puts it back.
 * @param {string} lock
 */
function dropWhenAbandoned(lock) {
  const moved = `${lock}-from-${process.pid}`
  try {
    if (isAlive(Number(readFileSync(lock, 'utf8')))) return
    renameSync(lock, moved)
    if (isAlive(Number(readFileSync(moved, 'utf8')))) linkSync(moved, lock)
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
