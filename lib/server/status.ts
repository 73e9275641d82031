import 'server-only'
import { headers } from 'next/headers'
import { originOf, STAMP_HEADER } from './stamp'

/**
 * Answers the page request at hand (with 503, the form as well) with this status, for programs that look at nothing else. Next has no way to do so
 * for a page that is more than its fixed 403 or 404 screens. Call it before the first `<Suspense>`.
 */
export async function answerWithStatus(status: 403 | 404 | 410 | 503): Promise<void> {
  originOf((await headers()).get(STAMP_HEADER))?.setStatus(status)
}
