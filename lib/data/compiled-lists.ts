import { setImmediate as otherWork } from 'node:timers/promises'
import {
  type CompiledLookup,
  compileLookup,
  compileLookupInSteps,
  type Lookup,
  type LookupEntry,
} from '../core/lookup'
import { LookupArena } from '../core/lookup-arena'

/** About what all lists together may take up in memory; the least recently used go first. */
const LIMIT_BYTES = 256 * 2 ** 20
/** What a list and each of its ids cost beside the index itself. */
const LIST_BYTES = 200
const ID_BYTES = 64
/** Longer lists are compiled in slices, with other work in between. */
const LONG_LIST = 2_000
const SLICE_MS = 4

const LISTS = Symbol.for('gatehouse.compiled-lists')
const shared = globalThis as { [LISTS]?: CompiledLists }

/**
 * The compiled list of an account at that version; read and compiled once, kept until another version is asked
 * for or memory runs short. Requests at the same time share one reading; one that fails is forgotten.
 */
export function compiledList(
  accountId: string,
  version: number,
  read: () => Promise<LookupEntry[]>,
): Lookup | Promise<Lookup> {
  shared[LISTS] ??= new CompiledLists(LIMIT_BYTES)
  return shared[LISTS].get(accountId, version, read)
}

/** Forgets the list of an account, or all of them; the next request reads it anew. */
export function forgetLists(accountId?: string): void {
  shared[LISTS]?.forget(accountId)
}

interface Kept {
  version: number
  lookup: CompiledLookup | Promise<Lookup>
  /** Tells one building from another; none when it is done. */
  ticket?: object
}

/** Lists by account, oldest use first. */
export class CompiledLists {
  private readonly kept = new Map<string, Kept>()
  private readonly arena = new LookupArena()
  private bytes = 0

  constructor(private readonly limitBytes: number) {}

  get(accountId: string, version: number, read: () => Promise<LookupEntry[]>): Lookup | Promise<Lookup> {
    const known = this.kept.get(accountId)
    this.kept.delete(accountId)
    if (known?.version === version) {
      this.kept.set(accountId, known)
      return known.lookup
    }
    if (known) this.drop(known)
    const ticket = {}
    const lookup = this.build(accountId, version, read, ticket)
    this.kept.set(accountId, { version, lookup, ticket })
    return lookup
  }

  forget(accountId?: string): void {
    for (const id of accountId === undefined ? [...this.kept.keys()] : [accountId]) {
      const known = this.kept.get(id)
      if (!known) continue
      this.kept.delete(id)
      this.drop(known)
    }
  }

  private async build(
    accountId: string,
    version: number,
    read: () => Promise<LookupEntry[]>,
    ticket: object,
  ): Promise<Lookup> {
    const isWanted = () => this.kept.get(accountId)?.ticket === ticket
    try {
      const lookup = await compile(await read())
      if (isWanted()) this.keep(accountId, { version, lookup })
      return lookup
    } catch (error) {
      if (isWanted()) this.kept.delete(accountId)
      throw error
    }
  }

  private keep(accountId: string, built: { version: number; lookup: CompiledLookup }): void {
    this.kept.set(accountId, built)
    this.arena.adopt(built.lookup)
    this.bytes += weigh(built.lookup)
    for (const [oldest, { lookup }] of this.kept) {
      if (this.bytes <= this.limitBytes || oldest === accountId) break
      if (lookup instanceof Promise) continue
      this.drop({ lookup })
      this.kept.delete(oldest)
    }
    if (this.arena.isSparse) this.arena.repack(this.finished())
  }

  private drop({ lookup }: Pick<Kept, 'lookup'>): void {
    if (lookup instanceof Promise) return
    this.bytes -= weigh(lookup)
    this.arena.release(lookup)
  }

  private *finished(): Iterable<CompiledLookup> {
    for (const { lookup } of this.kept.values()) if (!(lookup instanceof Promise)) yield lookup
  }

  /** How many accounts have a list here. */
  get count(): number {
    return this.kept.size
  }
}

function weigh(lookup: CompiledLookup): number {
  return lookup.bytes + lookup.size * ID_BYTES + LIST_BYTES
}

async function compile(entries: LookupEntry[]): Promise<CompiledLookup> {
  if (entries.length <= LONG_LIST) return compileLookup(entries)
  const steps = compileLookupInSteps(entries)
  for (;;) {
    const until = performance.now() + SLICE_MS
    do {
      const step = steps.next()
      if (step.done) return step.value
    } while (performance.now() < until)
    await otherWork()
  }
}
