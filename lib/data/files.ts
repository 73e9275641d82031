import { open } from 'node:fs/promises'

/** Makes an empty file that its owner alone may read; false when there is something of that name. */
export async function createFile(file: string): Promise<boolean> {
  try {
    await (await open(file, 'wx', 0o600)).close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Waits until a file is on the disk (fsync); for a folder, until its names are. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
