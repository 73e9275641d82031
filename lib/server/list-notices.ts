import { heedListNotices } from '../data/list-notices'
import { env } from '../env'
import { logger } from './logger'

const HEEDING = Symbol.for('gatehouse.list-notices')
const shared = globalThis as { [HEEDING]?: () => Promise<void> }

/** Drops compiled lists as other instances change them, until `stopHeedingListNotices`. */
export function startHeedingListNotices(): void {
  shared[HEEDING] ??= heedListNotices(env().DATABASE_URL, (error) =>
    logger().warn({ err: error }, 'Notices of changed lists are missing; each request goes by the version'),
  )
}

export async function stopHeedingListNotices(): Promise<void> {
  const stop = shared[HEEDING]
  delete shared[HEEDING]
  await stop?.()
}
