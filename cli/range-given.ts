import { describeRangeProblem, parseRange, type Range, trimPasted } from '@/lib/core/range'
import { UsageProblem } from './problem'

/** One range out of one word of the command line. Throws UsageProblem with the fix where it is known. */
export function readRange(text: string): Range {
  const parsed = parseRange({ start: trimPasted(text) })
  if (parsed.ok) return parsed.range
  throw new UsageProblem(`${describeRangeProblem(parsed.problem)} Nothing was changed.`)
}
