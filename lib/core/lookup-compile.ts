import { familyOf } from './address'
import type { LookupEntry } from './lookup'
import { type Layout, layOut } from './lookup-layout'
import { sortRanges } from './lookup-ranges'
import { cutSegments, type Segments } from './lookup-segments'
import { buildTree } from './lookup-tree'

/**
 * Everything from stored ranges to the words that a lookup reads. Yields every few milliseconds at most, so
 * that a caller can build a long list in slices; run to its end it is the plain computation.
 */
export function* compileSteps(entries: Iterable<LookupEntry>): Generator<void, Layout> {
  const v4: LookupEntry[] = []
  const v6: LookupEntry[] = []
  let size = 0
  for (const entry of entries) {
    if (++size % 8192 === 0) yield
    if (entry.enabled) (familyOf(entry.start) === 4 ? v4 : v6).push(entry)
  }
  const rangesV4 = yield* sortRanges(v4, 1)
  const rangesV6 = yield* sortRanges(v6, 4)
  const segmentsV4 = yield* cutSegments(rangesV4)
  const segmentsV6 = yield* cutSegments(rangesV6)
  const treeV4 = yield* buildTree(segmentsV4.bounds, 1, needsOwners(v4, segmentsV4))
  const treeV6 = yield* buildTree(segmentsV6.bounds, 4, needsOwners(v6, segmentsV6))
  return yield* layOut(
    size,
    { ranges: rangesV4, segments: segmentsV4, tree: treeV4 },
    { ranges: rangesV6, segments: segmentsV6, tree: treeV6 },
  )
}

/** Whether the segments take up more than their bounds. */
function needsOwners(entries: readonly LookupEntry[], { owners }: Segments): boolean {
  return owners.length !== entries.length || entries.some(({ expiresAtMs }) => expiresAtMs !== null)
}
