import type { Page } from '@playwright/test'
import { openAllowlist } from '../fixtures/allowlist-screen'
import type { Gatehouse } from '../fixtures/gatehouse'
import { callMobile, send } from '../fixtures/http'
import { OFFICE } from '../fixtures/places'
import { expect } from '../fixtures/test'
import type { Account } from '../seeder/account'

/** What a server has said yes to, so that it can be held to it. */
export interface Ledger {
  /** Addresses that the answer called "on the list now". */
  ranges: Set<string>
  /** Access tokens of phones that were signed in. */
  tokens: Map<string, { refreshToken: string }>
  /** The refresh token that the first of these phones was given last, and how often it was given one. */
  refreshToken: string | null
  refreshes: number
}

export function newLedger(): Ledger {
  return { ranges: new Set(), tokens: new Map(), refreshToken: null, refreshes: 0 }
}

/** How many yeses there were, to each kind of write. */
export function acknowledged({ ranges, tokens, refreshes }: Ledger) {
  return { ranges: ranges.size, phones: tokens.size, refreshes }
}

/** "Add my current IP" as a browser sends it, to be sent again from other addresses. */
export interface Adding {
  path: string
  headers: Record<string, string>
  body: Buffer
}

/** Presses the button once and keeps what the browser sent. */
export async function recordAdding(page: Page, { ana }: Account): Promise<Adding> {
  await openAllowlist(page, ana)
  const sent = page.waitForRequest((request) => request.headers()['next-action'] !== undefined)
  await page.getByRole('button', { name: 'Add my current IP' }).click()
  const request = await sent
  await expect(page.getByRole('button', { name: 'Add my current IP' })).toHaveCount(0)
  const all = await request.allHeaders()
  const names = ['accept', 'content-type', 'cookie', 'next-action', 'next-router-state-tree', 'origin']
  const headers = Object.fromEntries(names.flatMap((name) => (all[name] ? [[name, all[name]]] : [])))
  return { path: new URL(request.url()).pathname, headers, body: request.postDataBuffer() ?? Buffer.alloc(0) }
}

/** Sends it from this address; notes the address when the answer says that it is on the list. */
export async function addFrom(
  { port }: { port: number },
  { path, headers, body }: Adding,
  ip: string,
  ledger: Ledger,
): Promise<boolean> {
  const answer = await send(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { ...headers, 'x-forwarded-for': ip },
    body: new Uint8Array(body),
  }).catch(() => null)
  const isAdded = answer?.status === 200 && answer.text.includes(`${ip} is on the list now.`)
  if (isAdded) ledger.ranges.add(ip)
  return isAdded
}

/** Signs a phone in; notes its tokens. Answers the status, 0 for none. */
export async function signPhoneIn(
  server: { port: number },
  who: { email: string; password: string },
  ip: string,
  ledger: Ledger,
): Promise<number> {
  const json = { email: who.email, password: who.password, device: 'Pixel 9' }
  const at = { url: `http://127.0.0.1:${server.port}` }
  const answer = await callMobile(at, 'sign-in', { json, ip }).catch(() => null)
  if (answer?.status === 200) {
    ledger.tokens.set(answer.json.accessToken, answer.json)
    ledger.refreshToken ??= answer.json.refreshToken
  }
  return answer?.status ?? 0
}

/**
 * Refreshes the first phone with the token that it was given last. Without an answer it has that one still, and asks again
 * with it, so it may never hear that the token is unknown or spent.
 */
export async function refreshPhone(server: { port: number }, ip: string, ledger: Ledger): Promise<boolean> {
  const at = { url: `http://127.0.0.1:${server.port}` }
  const json = { refreshToken: ledger.refreshToken }
  const answer = await callMobile(at, 'refresh', { json, ip }).catch(() => null)
  expect(answer?.status, 'the token of a phone was lost').not.toBe(401)
  if (answer?.status !== 200) return false
  ledger.refreshToken = answer.json.refreshToken
  ledger.refreshes++
  return true
}

/** The n-th address of 198.18.0.0/15 (RFC 2544, benchmarks). */
export function addressNumber(n: number): string {
  return `198.${18 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`
}

/** Promises that everything in the ledger is there, and nothing is half done. */
export async function holdsTo(
  server: Gatehouse,
  { id }: Account,
  ledger: Ledger,
  otherChanges = 0,
): Promise<void> {
  const ranges = (await server.seed.rangesOf(id)).map(({ text }) => text)
  expect(new Set(ranges).size, 'no range twice').toBe(ranges.length)
  expect(
    [...ledger.ranges].filter((range) => !ranges.includes(range)),
    'ranges lost',
  ).toEqual([])
  const audit = await server.seed.auditOf(id)
  const named = (action: string) => audit.filter((row) => row.action === action)
  expect(
    named('range.added')
      .map(({ subjectName }) => subjectName)
      .sort(),
    'each range has its audit row',
  ).toEqual(ranges.sort())
  expect(await server.seed.versionOf(id), 'each change has its version').toBe(
    2 + otherChanges + ranges.length,
  )
  expect(await server.seed.devicesOf(id), 'each phone has its audit row').toBe(named('device.started').length)
  expect(named('device.started').length).toBeGreaterThanOrEqual(ledger.tokens.size)
  for (const token of ledger.tokens.keys())
    expect((await callMobile(server, 'me', { token, ip: OFFICE })).status, 'phones lost').toBe(200)
  expect(await server.cli('audit', 'verify', '--account', id)).toContain('all as written.')
  expect(await server.seed.integrity()).toBe('ok')
}
