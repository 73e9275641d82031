import 'server-only'
import type { z } from 'zod'
import { ApiProblem } from '../core/problem'

export const BODY_MAX_BYTES = 64 * 1024

/** The JSON body of a request as `schema` takes it. Throws ApiProblem: 415, 413 or 400 with `errors` by field. */
export async function readBody<S extends z.ZodType>(request: Request, schema: S): Promise<z.infer<S>> {
  requireJson(request.headers)
  const parsed = schema.safeParse(parseJson(await readBytes(request)))
  if (parsed.success) return parsed.data
  const errors: Record<string, string> = {}
  for (const issue of parsed.error.issues) errors[String(issue.path[0] ?? 'body')] ??= issue.message
  throw new ApiProblem('invalid-request', Object.values(errors).join(' '), { members: { errors } })
}

function requireJson(headers: Headers): void {
  const type = headers.get('content-type') ?? ''
  const isJson = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type.trim())
  if (!isJson || headers.has('content-encoding'))
    throw new ApiProblem(
      'unsupported-media-type',
      'Send the body as application/json in UTF-8, not compressed.',
      {
        headers: { accept: 'application/json' },
      },
    )
}

/** Counts while reading, so that a body without a length is cut off as well. */
async function readBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > BODY_MAX_BYTES) throw tooLarge()
  const parts: Uint8Array[] = []
  let bytes = 0
  const reader = request.body?.getReader()
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true }
    if (done || !value) return Buffer.concat(parts)
    bytes += value.byteLength
    if (bytes > BODY_MAX_BYTES) {
      await reader?.cancel()
      throw tooLarge()
    }
    parts.push(value)
  }
}

function tooLarge(): ApiProblem {
  return new ApiProblem('body-too-large', `Send at most ${BODY_MAX_BYTES} bytes.`, {
    headers: { connection: 'close' },
  })
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new ApiProblem('invalid-request', 'The body is not JSON in UTF-8.', {
      members: { errors: { body: 'This is not JSON.' } },
    })
  }
}
