import { isFromBeforeClockWentBack } from './clock'

/** So long a change that shuts its maker out holds without anybody's word. */
export const CONFIRM_WITHIN_MS = 10 * 60_000

/** Whether a change that was to be confirmed until `dueAtMs` counts as reverted; also when the clock went back since. */
export function isOverdue(dueAtMs: number, nowMs: number): boolean {
  return dueAtMs <= nowMs || isFromBeforeClockWentBack(dueAtMs - CONFIRM_WITHIN_MS, nowMs)
}

/** A range as it was; instants as ISO text. */
export interface RangeBefore {
  start: string
  end: string
  description: string
  enabled: boolean
  expiresAt: string | null
  origin: 'MANUAL' | 'EMAIL' | 'IMPORT' | 'API' | 'CLI'
  addedById: string | null
  addedByName: string
  lastMatchedAt: string | null
  createdAt: string
  version: number
}

/** What brings back how things were before one change, and nothing else. */
export type Undo =
  /** It was off; for a time, when `offUntil` says so. */
  | { kind: 'turn-off'; offUntil: string | null; offByName: string | null; offReason: string | null }
  | { kind: 'release-every-request' }
  /** `version`: of the range that the change left behind, none when it deleted it. `before`: none when it added it. */
  | { kind: 'range'; id: string; version: number | null; before: RangeBefore | null }
  /** Ranges that were added together, at least one; those of them that nobody has changed since go. */
  | { kind: 'ranges'; ids: readonly string[] }

/** Whether what is undone left a range behind in this version. */
export function hasLeftBehind(undo: Undo, id: string, version: number): boolean {
  if (undo.kind === 'ranges') return version === 1 && undo.ids.includes(id)
  return undo.kind === 'range' && undo.id === id && undo.version === version
}

/** Whether undoing takes this range's addresses off the list again. */
export function takesAway(
  undo: Undo,
  { id, start, end, version }: { id: string; start: string; end: string; version: number },
): boolean {
  if (!hasLeftBehind(undo, id, version)) return false
  return undo.kind !== 'range' || undo.before?.start !== start || undo.before.end !== end
}

/** What is undone, as one word: no two undoings of the same target both make sense. */
export function targetOf(undo: Undo): string {
  if (undo.kind === 'ranges') return undo.ids[0] ?? undo.kind
  return undo.kind === 'range' ? undo.id : undo.kind
}
