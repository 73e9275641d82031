import 'server-only'
import { type Actor, isPermitted, NotPermitted, type Permission } from '../core/permissions'
import { findCurrent } from './current'
import { logger } from './logger'

/** What a download is made of: its name, its kind, and its text piece by piece. */
export interface Download {
  fileName: string
  contentType: 'text/csv' | 'application/json'
  parts: AsyncIterable<string>
}

const PLAIN = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }

/**
 * The answer to a download by somebody with the permission, sent while it is read, so that its length costs no memory.
 * `make` answers a sentence where what was asked for makes no sense.
 */
export async function answerDownload(
  permission: Permission,
  make: (actor: Actor) => Promise<Download | string>,
): Promise<Response> {
  const current = await findCurrent()
  if (!current) return new Response('Sign in first.\n', { status: 401, headers: PLAIN })
  const { isAdmitted, session, actor } = current
  if (!isAdmitted || session.mustEnrol || !isPermitted(actor, permission)) return refused()
  try {
    const made = await make(actor)
    if (typeof made === 'string') return new Response(`${made}\n`, { status: 400, headers: PLAIN })
    return new Response(streamOf(made.parts), {
      headers: {
        'content-type': `${made.contentType}; charset=utf-8`,
        'content-disposition': `attachment; filename="${made.fileName}"`,
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
      },
    })
  } catch (error) {
    if (error instanceof NotPermitted) return refused()
    throw error
  }
}

function refused(): Response {
  return new Response("You don't have permission to download this.\n", { status: 403, headers: PLAIN })
}

/** A part is read when the one before has gone. */
function streamOf(parts: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = parts[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await iterator.next()
        if (done) controller.close()
        else controller.enqueue(encoder.encode(value))
      } catch (error) {
        logger().error({ err: error }, 'A download broke off')
        controller.error(error)
      }
    },
    async cancel() {
      await iterator.return?.()
    },
  })
}
