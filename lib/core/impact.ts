import type { Address } from './address'
import type { Surface, Verdict } from './allowlist'

/** Somebody's sign-ins on one surface from one address, as far as they were recorded. */
export interface RecentSignIn {
  agentId: string
  name: string
  surface: Surface
  /** Null: it was unknown. */
  address: Address | null
  /** The latest one. */
  atMs: number
}

/** Where somebody would be refused from now on, who got in from there so far. */
export interface RefusedPerson {
  agentId: string
  name: string
  surface: Surface
  address: Address | null
  atMs: number
  /** How many other addresses of theirs would be refused. */
  others: number
  /** They signed in from elsewhere, too, and would get in from there. */
  hasWayIn: boolean
}

/** What a change would do to the people who signed in lately. */
export interface Impact {
  /** Everybody who signed in. */
  people: number
  /** First who has no other way in, then who signed in last. */
  refused: readonly RefusedPerson[]
}

type Judge = (place: Pick<RecentSignIn, 'surface' | 'address'>) => Verdict

/**
 * Replays sign-ins against the list before and after a change: whoever gets in before and would be refused after. The two
 * judges ask `decide`. Each person is named once, by the latest of the addresses that would be refused.
 */
export function replay(signIns: readonly RecentSignIn[], before: Judge, after: Judge): Impact {
  const refused = new Map<string, RefusedPerson>()
  const people = new Set<string>()
  const admitted = new Set<string>()
  for (const signIn of [...signIns].sort((a, b) => b.atMs - a.atMs)) {
    people.add(signIn.agentId)
    if (after(signIn).admit) {
      admitted.add(signIn.agentId)
      continue
    }
    if (!before(signIn).admit) continue
    const known = refused.get(signIn.agentId)
    if (known) known.others += known.address === signIn.address ? 0 : 1
    else refused.set(signIn.agentId, { ...pick(signIn), others: 0, hasWayIn: false })
  }
  const found = [...refused.values()].map((one) => ({ ...one, hasWayIn: admitted.has(one.agentId) }))
  return { people: people.size, refused: found.sort(worstFirst) }
}

function pick({ agentId, name, surface, address, atMs }: RecentSignIn) {
  return { agentId, name, surface, address, atMs }
}

function worstFirst(a: RefusedPerson, b: RefusedPerson): number {
  return Number(a.hasWayIn) - Number(b.hasWayIn) || b.atMs - a.atMs
}
