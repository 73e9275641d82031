import type { Address } from './address'
import {
  containsAddress,
  coversWholeFamily,
  describeRangeProblem,
  mergeRanges,
  parseRange,
  toCidrs,
} from './range'
import type { RangeProblem } from './range-problem'

/** The proxies whose word counts, compiled once. */
export interface Trust {
  /** In their shortest form, sorted. */
  readonly cidrs: readonly string[]
  trusts(address: Address): boolean
}

/**
 * Reads a list of addresses and CIDR blocks, separated by commas or white space; empty trusts nobody.
 * `problem` is a sentence that says what was found and what is expected. All of a family (`/0`, also in
 * pieces) is refused: anybody could then claim any address.
 */
export function compileTrust(list: string): { ok: true; trust: Trust } | { ok: false; problem: string } {
  const ranges = []
  for (const start of list.split(/[\s,]/u)) {
    if (start === '') continue
    const parsed = parseRange({ start })
    if (!parsed.ok) return { ok: false, problem: describeTrustProblem(parsed.problem) }
    ranges.push(parsed.range)
  }
  const merged = mergeRanges(ranges)
  const whole = merged.find(coversWholeFamily)
  if (whole) {
    const problem = `${toCidrs(whole)[0]} would trust every address there is. Name the proxies alone, like 10.0.0.5 or 10.0.0.0/24.`
    return { ok: false, problem }
  }
  const cidrs = merged.flatMap(toCidrs)
  return {
    ok: true,
    trust: { cidrs, trusts: (address) => merged.some((range) => containsAddress(range, address)) },
  }
}

function describeTrustProblem(problem: RangeProblem): string {
  return problem.found.includes(';')
    ? `${problem.found} has a ; in it. Separate addresses and CIDR blocks by commas, like 10.0.0.5,10.0.1.0/24.`
    : describeRangeProblem(problem)
}
