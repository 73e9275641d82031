import { channel } from 'node:diagnostics_channel'
import { type CompiledLookup, compileLookup, type Lookup, type LookupEntry } from '../core/lookup'
import { LookupArena } from '../core/lookup-arena'

/** About what all lists together may take up in memory; the least recently used go first. */
const LIMIT_BYTES = 256 * 2 ** 20
/** What a list and each of its ids cost beside the index itself. */
const LIST_BYTES = 200
const ID_BYTES = 64

/** Reads a list: its entries, or when it is long what another thread made of them. */
export type Reading = () => Promise<LookupEntry[] | CompiledLookup>

/** Told on this channel of node:diagnostics_channel for each list that was read and compiled. */
export const LIST_BUILT = 'gatehouse.list-built'
export interface ListBuilt {
  ranges: number
  /** Reading it from the database included. */
  seconds: number
}

const LISTS = Symbol.for('gatehouse.compiled-lists')
const shared = globalThis as { [LISTS]?: CompiledLists }

/**
 * The compiled list of an account at that version; read and compiled once, kept until another version is asked
 * for or memory runs short. Requests at the same time share one reading; one that fails is forgotten.
 */
export function compiledList(accountId: string, version: number, read: Reading): Lookup | Promise<Lookup> {
  shared[LISTS] ??= new CompiledLists(LIMIT_BYTES)
  return shared[LISTS].get(accountId, version, read)
}

/** Forgets the list of an account, or all of them; the next request reads it anew. */
export function forgetLists(accountId?: string): void {
  shared[LISTS]?.forget(accountId)
}

/** A list that is being made, or has an object of its own; those in the arena are known by their place there. */
interface Kept {
  version: number
  lookup: CompiledLookup | Promise<Lookup>
  /** Tells one building from another; none when it is done. */
  ticket?: object
  isTouched: boolean
}

/** Lists by account. */
export class CompiledLists {
  private readonly kept = new Map<string, Kept | number>()
  private readonly arena = new LookupArena()
  private bytes = 0

  constructor(private readonly limitBytes: number) {}

  get(accountId: string, version: number, read: Reading): Lookup | Promise<Lookup> {
    const known = this.kept.get(accountId)
    if (typeof known === 'number') {
      if (this.arena.stampOf(known) === version) {
        this.arena.touch(known)
        return this.arena.at(known)
      }
    } else if (known?.version === version) {
      known.isTouched = true
      return known.lookup
    }
    if (known !== undefined) this.drop(accountId, known)
    const ticket = {}
    const lookup = this.build(accountId, version, read, ticket)
    this.kept.set(accountId, { version, lookup, ticket, isTouched: false })
    return lookup
  }

  forget(accountId?: string): void {
    for (const id of accountId === undefined ? [...this.kept.keys()] : [accountId]) {
      const known = this.kept.get(id)
      if (known !== undefined) this.drop(id, known)
    }
  }

  private async build(accountId: string, version: number, read: Reading, ticket: object): Promise<Lookup> {
    const isWanted = () => {
      const held = this.kept.get(accountId)
      return typeof held === 'object' && held.ticket === ticket
    }
    const startedAt = performance.now()
    try {
      const found = await read()
      const lookup = Array.isArray(found) ? compileLookup(found) : found
      const seconds = (performance.now() - startedAt) / 1000
      channel(LIST_BUILT).publish({ ranges: lookup.size, seconds } satisfies ListBuilt)
      if (isWanted()) this.keep(accountId, version, lookup)
      return lookup
    } catch (error) {
      if (isWanted()) this.kept.delete(accountId)
      throw error
    }
  }

  private keep(accountId: string, version: number, lookup: CompiledLookup): void {
    const place = this.arena.adopt(lookup, version)
    this.kept.set(accountId, place ?? { version, lookup, isTouched: false })
    this.bytes += weigh(lookup)
    this.makeRoom(accountId)
    if (this.arena.isSparse) this.repack()
  }

  /**
   * Throws lists out, oldest first, until all fit. One that was asked for since its turn came last gets another turn
   * (second chance: nearly the least recently used one, at no cost when lists are asked for).
   */
  private makeRoom(newcomer: string): void {
    for (const [accountId, held] of this.kept) {
      if (this.bytes <= this.limitBytes) return
      if (accountId === newcomer || isBuilding(held)) continue
      if (this.takeTouch(held)) {
        this.kept.delete(accountId)
        this.kept.set(accountId, held)
      } else this.drop(accountId, held)
    }
  }

  private takeTouch(held: Kept | number): boolean {
    if (typeof held === 'number') return this.arena.takeTouch(held)
    const { isTouched } = held
    held.isTouched = false
    return isTouched
  }

  private drop(accountId: string, held: Kept | number): void {
    this.kept.delete(accountId)
    if (isBuilding(held)) return
    this.bytes -= weigh(typeof held === 'number' ? this.arena.at(held) : (held.lookup as CompiledLookup))
    if (typeof held === 'number') this.arena.release(held)
  }

  private repack(): void {
    const inArena = [...this.kept].filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    const places = this.arena.repack(inArena.map(([, place]) => place))
    for (const [index, [accountId]] of inArena.entries()) this.kept.set(accountId, places[index] as number)
  }

  /** How many accounts have a list here. */
  get count(): number {
    return this.kept.size
  }
}

function isBuilding(held: Kept | number): boolean {
  return typeof held === 'object' && held.ticket !== undefined
}

/** The same for a list wherever it lies. */
function weigh(lookup: CompiledLookup): number {
  return lookup.bytes + lookup.size * ID_BYTES + LIST_BYTES
}
