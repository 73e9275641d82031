import { type Address, parseAddress } from './address'
import { SURFACES, type Surface, type Verdict } from './allowlist'
import { describeAddressCount } from './allowlist-words'
import { countAddresses, describeRangeProblem, parseRange, trimPasted } from './range'

export type ParsedAddress = { ok: true; address: Address } | { ok: false; problem: string }

const EMPTY = 'Enter one IP address, like 203.0.113.7 or 2001:db8::1.'

/** One address that somebody asks about, read as strictly as a range; `problem` says what is wrong in plain words. */
export function parseAskedAddress(text: string): ParsedAddress {
  const start = trimPasted(text)
  if (start === '') return { ok: false, problem: EMPTY }
  const parsed = parseRange({ start })
  if (!parsed.ok) {
    const { suggestion, ...problem } = parsed.problem
    const isOne = suggestion !== undefined && parseAddress(suggestion) !== null
    return { ok: false, problem: describeRangeProblem(isOne ? parsed.problem : problem) }
  }
  const { range } = parsed
  if (range.start === range.end) return { ok: true, address: range.start }
  return { ok: false, problem: `${start} is ${describeAddressCount(countAddresses(range))}. ${EMPTY}` }
}

/** Surfaces on which the answer is the same. */
export interface SurfaceVerdict {
  surfaces: readonly Surface[]
  verdict: Verdict
}

/** The answers for all surfaces, told once where they are the same. */
export function verdictsBySurface(verdictOn: (surface: Surface) => Verdict): SurfaceVerdict[] {
  const groups: { surfaces: Surface[]; verdict: Verdict }[] = []
  for (const surface of SURFACES) {
    const verdict = verdictOn(surface)
    const same = groups.find((group) => group.verdict.because === verdict.because)
    if (same) same.surfaces.push(surface)
    else groups.push({ surfaces: [surface], verdict })
  }
  return groups
}

/** A range that holds the address and does not count; `isCovered`: another one does. */
export function describeIdle(name: string, state: 'disabled' | 'expired', isCovered: boolean): string {
  return `${name} holds it${isCovered ? ', too' : ''}, but ${state === 'disabled' ? 'is disabled' : 'has expired'}.`
}

/** Why, in one sentence. `range` names the one that matched: "Office (203.0.113.0/24)". */
export function describeVerdict(verdict: Verdict, range: string | null): string {
  switch (verdict.because) {
    case 'allowlist-off':
      return 'The IP Allowlist is off, so everyone gets in.'
    case 'mobile-not-enforced':
      return 'The list is not asked for the mobile app.'
    case 'list-empty':
      return 'The list is empty. Until it has a range, everyone gets in.'
    case 'listed':
      return `${range ?? 'A range on the list'} holds it.`
    case 'address-unknown':
      return 'An address that is not known is on no list.'
    case 'not-listed':
      return 'No range in force holds it.'
  }
}
