import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { parseAddress } from '../core/address'
import { env } from '../env'

/** On every answer, and taken from a trusted proxy that sends one. Says which lines of the log belong together. */
export const REQUEST_ID_HEADER = 'x-request-id'

const CARRIER = Symbol.for('gatehouse.request-id')
const shared = globalThis as { [CARRIER]?: AsyncLocalStorage<string> }

function carrier(): AsyncLocalStorage<string> {
  shared[CARRIER] ??= new AsyncLocalStorage()
  return shared[CARRIER]
}

/** A new id, or the one that a trusted proxy gave the request. A client's own is never taken. */
export function chooseRequestId(peer: string | null, sent: string | string[] | undefined): string {
  return typeof sent === 'string' && isWellFormed(sent) && isTrusted(peer) ? sent : randomUUID()
}

function isWellFormed(id: string): boolean {
  return /^[\w.:-]{1,64}$/.test(id)
}

function isTrusted(peer: string | null): boolean {
  const address = peer && parseAddress(peer)
  return Boolean(address && env().trust.trusts(address))
}

/** From here on everything that is done for the request at hand, and for nothing else, carries this id. */
export function carryRequestId(id: string): void {
  carrier().enterWith(id)
}

/** The id of the request that is being served, or undefined in work of the process's own. */
export function currentRequestId(): string | undefined {
  return carrier().getStore()
}
