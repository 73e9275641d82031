import { randomBytes } from 'node:crypto'
import { type NextRequest, NextResponse } from 'next/server'
import { PATHS } from './lib/core/paths'
import { findPendingSignIn } from './lib/data/pending-sign-ins'
import { pendingCookie } from './lib/server/cookies'
import { blockedPath, enrolPath, findCurrent, signInPath } from './lib/server/current'
import { foreignWords, isFromElsewhere } from './lib/server/foreign-origin'
import { pageHeaders } from './lib/server/page-headers'

/** The outer gate: who goes where, and the security headers. Pages, actions and data check again for themselves. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = randomBytes(16).toString('base64')
  const answer = await route(request, nonce)
  for (const [name, value] of pageHeaders(nonce)) answer.headers.set(name, value)
  return answer
}

async function route(request: NextRequest, nonce: string): Promise<NextResponse> {
  const { pathname, search } = request.nextUrl
  if (request.method === 'POST' && isFromElsewhere(request.headers))
    return new NextResponse(foreignWords(), { status: 403, headers: { 'content-type': 'text/plain' } })
  // A form is judged by its action; redirected, it would only be posted to the next page.
  if (!isSignedInArea(pathname) || !isReading(request)) return onwards(request, nonce)
  const current = await findCurrent(request.headers).catch(() => 'unreadable' as const)
  // The page finds the database unreachable by itself, says so, and lets nobody in.
  if (current === 'unreadable') return onwards(request, nonce)
  if (current?.isAdmitted) {
    const mustEnrolFirst = current.session.mustEnrol && pathname !== PATHS.ownFactors
    return mustEnrolFirst ? redirect(request, enrolPath(pathname + search)) : onwards(request, nonce)
  }
  const returnTo = pathname.replace(DOWNLOAD, '') + search
  if (current) return redirect(request, blockedPath(returnTo))
  const pending = await findPendingSignIn(request.cookies.get(pendingCookie())?.value).catch(() => null)
  return pending ? redirect(request, PATHS.blocked) : redirect(request, signInPath(returnTo))
}

/** Of a page; whoever has to sign in first comes back to that page. */
const DOWNLOAD = /\/(csv|json)$/

function isSignedInArea(pathname: string): boolean {
  return [PATHS.controlPanel, PATHS.agentConsole].some(
    (area) => pathname === area || pathname.startsWith(`${area}/`),
  )
}

function isReading({ method }: NextRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}

function onwards(request: NextRequest, nonce: string): NextResponse {
  return NextResponse.next({ request: { headers: withNonce(request, nonce) } })
}

/** Next reads the nonce for its own scripts out of the policy on the request. */
function withNonce(request: NextRequest, nonce: string): Headers {
  const headers = new Headers(request.headers)
  headers.set('x-nonce', nonce)
  for (const [name, value] of pageHeaders(nonce))
    if (name === 'content-security-policy') headers.set(name, value)
  return headers
}

/** Relative, so that the host is the one the browser asked for and never comes from a header. */
function redirect(request: NextRequest, path: string): NextResponse {
  return NextResponse.redirect(new URL(path, request.nextUrl), 307)
}

/** Static files, health and the program interfaces are not covered: they check for themselves. */
export const config = {
  matcher: ['/((?!api(?:/|$)|_next/static/|(?:healthz|readyz|metrics|icon\\.svg)$).*)'],
}
