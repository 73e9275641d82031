import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const SIZE_MB = 160
/** What counts as small when nothing can be mounted, such as the /dev/shm of a container. */
const SMALL_BYTES = 256 * 2 ** 20
const CHUNK = Buffer.alloc(64 * 1024)

/** A real file system with little room, in memory. */
export interface SmallDisk {
  folder: string
  /** Takes all the room that is left. */
  fill(): Promise<void>
  /** Gives it back. */
  free(): void
  remove(): void
}

interface Place {
  folder: string
  unmount(): void
}

/** Mounts one where that is allowed, in a namespace of its own where only that is, and else takes a small /dev/shm. */
export async function makeSmallDisk(): Promise<SmallDisk> {
  const { folder, unmount } = mounted() ?? (await mountedInNamespace()) ?? sharedMemory()
  const ballast = path.join(folder, 'ballast')
  const free = () => rmSync(ballast, { force: true })
  return {
    folder,
    free,
    async fill() {
      const file = await open(ballast, 'a')
      for (let size = CHUNK.length; size >= 1; size = Math.floor(size / 2))
        while (await takes(file, CHUNK.subarray(0, size))) {}
      await file.close()
    },
    remove() {
      free()
      unmount()
    },
  }
}

async function takes(file: FileHandle, chunk: Buffer): Promise<boolean> {
  try {
    return (await file.write(chunk)).bytesWritten === chunk.length
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') return false
    throw error
  }
}

function mounted(): Place | null {
  const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-small-'))
  try {
    const options = `size=${SIZE_MB}m,mode=755`
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    rmSync(folder, { recursive: true })
    return null
  }
  return {
    folder,
    unmount() {
      execFileSync('umount', ['--lazy', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What a process mounts in a namespace of its own is reached through /proc, by its owner. */
async function mountedInNamespace(): Promise<Place | null> {
  const script = `mount -t tmpfs -o size=${SIZE_MB}m,mode=755 tmpfs /mnt && echo mounted && exec sleep 100000`
  const holder = spawn('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', script], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const isMounted = await Promise.race([
    once(holder.stdout, 'data').then(() => true),
    once(holder, 'exit').then(() => false),
    once(holder, 'error').then(() => false),
  ])
  if (!isMounted) return null
  const kill = () => void holder.kill('SIGKILL')
  process.once('exit', kill)
  return {
    folder: `/proc/${holder.pid}/root/mnt`,
    unmount() {
      process.off('exit', kill)
      kill()
    },
  }
}

function sharedMemory(): Place {
  const { bsize, bavail } = statfsSync('/dev/shm')
  if (bsize * bavail > SMALL_BYTES)
    throw new Error(
      'A disk can only be filled where this user may mount a tmpfs, or where /dev/shm is small.',
    )
  const folder = mkdtempSync('/dev/shm/gatehouse-small-')
  chmodSync(folder, 0o755)
  return { folder, unmount: () => rmSync(folder, { recursive: true, force: true }) }
}
