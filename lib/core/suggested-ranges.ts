import { type Address, addressFromBigInt, bitsOf, familyOf, toBigInt } from './address'
import { findCrowd } from './address-warnings'
import { holdsPrivateAddress, isPrivateOrLoopback } from './client-address'
import type { RecentSignIn } from './impact'
import { containsAddress, type Range } from './range'

/** A range that recent sign-ins speak for. */
export interface SuggestedRange {
  range: Range
  /** Who signed in from it, the latest first. */
  people: readonly string[]
  lastAtMs: number
  /** One address, and everybody came from it: an office, or a proxy that nobody declared. */
  isEverybodys: boolean
}

/** A private address that people seem to come from: most likely a proxy that nobody declared. */
export interface SuspectAddress {
  address: Address
  people: readonly string[]
}

export interface Suggestions {
  /** Who is spoken for by most people first; at most a few. */
  ranges: readonly SuggestedRange[]
  /** How many more there are. */
  more: number
  suspects: readonly SuspectAddress[]
}

const SHOWN = 5
const SUSPECTS_SHOWN = 3
/** As wide as a suggestion gets: what one office or household usually has. */
const PREFIX = { 4: 24, 6: 64 } as const

/**
 * What could be put on the list so that people get in from where they signed in lately: single addresses, or their /24 or
 * /64 where several people came from several addresses of it. Never what `isListed` already, what lies in a dismissed
 * range, or a private address: these are told apart, as suspects.
 */
export function suggestRanges(
  signIns: readonly RecentSignIn[],
  known: { isListed: (address: Address) => boolean; dismissed: readonly Range[]; isMobileAsked: boolean },
): Suggestions {
  const asked = signIns.filter(({ surface }) => known.isMobileAsked || surface !== 'MOBILE')
  const places = placesOf(asked).filter(
    ({ address }) =>
      !known.isListed(address) && !known.dismissed.some((range) => containsAddress(range, address)),
  )
  const everybodys = findCrowd(asked)?.address ?? null
  const suspects = places.filter(({ address }) => isPrivateOrLoopback(address))
  const ranges = groupByNetwork(places.filter(({ address }) => !isPrivateOrLoopback(address)))
    .map(({ range, places: within }) => ({
      range,
      people: peopleOf(within),
      lastAtMs: Math.max(...within.map(({ lastAtMs }) => lastAtMs)),
      isEverybodys: range.start === range.end && range.start === everybodys,
    }))
    .sort(byWeight)
  return {
    ranges: ranges.slice(0, SHOWN),
    more: Math.max(0, ranges.length - SHOWN),
    suspects: suspects
      .map((place) => ({ address: place.address, people: peopleOf([place]) }))
      .sort((a, b) => b.people.length - a.people.length || (a.address < b.address ? -1 : 1))
      .slice(0, SUSPECTS_SHOWN),
  }
}

/** One address, with everybody who came from it. */
interface Place {
  address: Address
  lastAtMs: number
  /** By agent: the name, and when they came last. */
  visitors: Map<string, { name: string; atMs: number }>
}

function placesOf(signIns: readonly RecentSignIn[]): Place[] {
  const places = new Map<Address, Place>()
  for (const { agentId, name, address, atMs } of signIns) {
    if (!address) continue
    const place = places.get(address) ?? { address, lastAtMs: atMs, visitors: new Map() }
    places.set(address, place)
    place.lastAtMs = Math.max(place.lastAtMs, atMs)
    const before = place.visitors.get(agentId)?.atMs ?? atMs
    place.visitors.set(agentId, { name, atMs: Math.max(before, atMs) })
  }
  return [...places.values()]
}

function groupByNetwork(places: readonly Place[]): { range: Range; places: readonly Place[] }[] {
  const networks = new Map<Address, { network: Range; within: Place[] }>()
  for (const place of places) {
    const network = networkAround(place.address)
    const known = networks.get(network.start)
    if (known) known.within.push(place)
    else networks.set(network.start, { network, within: [place] })
  }
  return [...networks.values()].flatMap(({ network, within }) => {
    const people = new Set(within.flatMap(({ visitors }) => [...visitors.keys()])).size
    return within.length > 1 && people > 1 && !holdsPrivateAddress(network)
      ? [{ range: network, places: within }]
      : within.map((place) => ({ range: { start: place.address, end: place.address }, places: [place] }))
  })
}

function networkAround(address: Address): Range {
  const family = familyOf(address)
  const host = (1n << BigInt(bitsOf(family) - PREFIX[family])) - 1n
  const number = toBigInt(address)
  return {
    start: addressFromBigInt(family, number & ~host),
    end: addressFromBigInt(family, number | host),
  }
}

/** Names of different people, the latest visitor first. */
function peopleOf(places: readonly Place[]): string[] {
  const latest = new Map<string, { name: string; atMs: number }>()
  for (const { visitors } of places)
    for (const [agentId, visitor] of visitors)
      if (visitor.atMs >= (latest.get(agentId)?.atMs ?? visitor.atMs)) latest.set(agentId, visitor)
  return [...latest]
    .sort(([a, one], [b, other]) => other.atMs - one.atMs || (a < b ? -1 : 1))
    .map(([, { name }]) => name)
}

function byWeight(a: SuggestedRange, b: SuggestedRange): number {
  return (
    b.people.length - a.people.length || b.lastAtMs - a.lastAtMs || (a.range.start < b.range.start ? -1 : 1)
  )
}
