import type { Address } from './address'
import { coversWholeFamily, mergeRanges, type Range } from './range'

/** All addresses of each family. */
export const WHOLE_FAMILIES: Readonly<Record<4 | 6, Range>> = {
  4: { start: `4${'0'.repeat(8)}` as Address, end: `4${'f'.repeat(8)}` as Address },
  6: { start: `6${'0'.repeat(32)}` as Address, end: `6${'f'.repeat(32)}` as Address },
}

/** No IPv6 address lies in `::ffff:0:0/96`, so nothing is missing where ranges leave that out. */
const NOBODY: Range = {
  start: `6${'0'.repeat(20)}ffff${'0'.repeat(8)}` as Address,
  end: `6${'0'.repeat(20)}ffff${'f'.repeat(8)}` as Address,
}

/** Whether ranges of one family hold every address of it, one of them alone or several together. */
export function holdEveryAddress(family: 4 | 6, ranges: readonly Range[]): boolean {
  const merged = mergeRanges(family === 6 ? [...ranges, NOBODY] : ranges)
  return merged.some(coversWholeFamily)
}
