import { parseAddress } from './address'
import { PATHS } from './paths'
import { formatRange, parseRange, type Range } from './range'

export const RANGE_SORTS = ['added', 'start', 'end', 'description', 'matched'] as const
export type RangeSort = (typeof RANGE_SORTS)[number]

/** Which ranges are shown: all, or those that have a mark. */
export const RANGE_MARKS = ['unused', 'expiring', 'covered', 'disabled'] as const
export type RangeMark = (typeof RANGE_MARKS)[number]

/** A range that let nobody in for so long is marked as unused; one that ends so soon as expiring. */
export const UNUSED_DAYS = 90
export const EXPIRING_DAYS = 7

export const RANGES_PER_PAGE = 25
const SEARCH_MAX_CHARACTERS = 200

/** What the list of ranges shows, out of the address bar. */
export interface RangeQuery {
  search: string
  /** Null: all. */
  mark: RangeMark | null
  sort: RangeSort
  descending: boolean
  /** From 1. */
  page: number
}

/** Reads the address bar; what makes no sense there is left out. Newest first unless told otherwise. */
export function parseRangeQuery(given: Readonly<Record<string, string | string[] | undefined>>): RangeQuery {
  const sort = RANGE_SORTS.find((name) => name === given.sort)
  const page = typeof given.page === 'string' && /^[1-9]\d{0,5}$/.test(given.page) ? Number(given.page) : 1
  return {
    search: cleanText(typeof given.q === 'string' ? given.q : '').slice(0, SEARCH_MAX_CHARACTERS),
    mark: RANGE_MARKS.find((mark) => mark === given.show) ?? null,
    sort: sort ?? 'added',
    descending: sort ? given.order === 'desc' : true,
    page,
  }
}

/** The query as it stands in the address bar: "" or "?q=...&sort=...". */
export function formatRangeQuery({ search, mark, sort, descending, page }: RangeQuery): string {
  const parameters = new URLSearchParams()
  if (search) parameters.set('q', search)
  if (mark) parameters.set('show', mark)
  if (sort !== 'added' || !descending) parameters.set('sort', sort)
  if (parameters.has('sort') && descending) parameters.set('order', 'desc')
  if (page > 1) parameters.set('page', String(page))
  return parameters.size > 0 ? `?${parameters}` : ''
}

/** The address of the list with "New IP Range" open, and this range in it. */
export function addingPath(range: Range): string {
  return `${PATHS.ipAllowlist}?add=${encodeURIComponent(formatRange(range))}`
}

/** The range that such an address offers to add; nothing for what is not a range. */
export function offeredRange(
  given: Readonly<Record<string, string | string[] | undefined>>,
): string | undefined {
  const parsed = parseRange({ start: typeof given.add === 'string' ? given.add : '' })
  return parsed.ok ? formatRange(parsed.range) : undefined
}

/** The addresses that a search means: an address, a range, or the beginning of an address ("203.0.113.", "2001:db8:"). */
export function searchedRange(search: string): Range | null {
  const parsed = parseRange({ start: search })
  if (parsed.ok) return parsed.range
  return (
    rangeOfBeginning(search, { mark: '.', parts: 4, least: '0', most: '255' }) ??
    rangeOfBeginning(search, { mark: ':', parts: 8, least: '0', most: 'ffff' })
  )
}

/** The addresses that begin like that, where `parts` of them with `mark` between make an address. */
function rangeOfBeginning(
  search: string,
  { mark, parts, least, most }: { mark: '.' | ':'; parts: number; least: string; most: string },
): Range | null {
  if (!search.includes(mark)) return null
  const given = (search.endsWith(mark) ? search.slice(0, -1) : search).split(mark)
  if (given.length >= parts) return null
  const fill = (part: string) =>
    parseAddress([...given, ...Array(parts - given.length).fill(part)].join(mark))
  const start = fill(least)
  const end = fill(most)
  return start && end ? { start, end } : null
}

/** One line of well-formed text: control characters become spaces, white space around it goes. */
export function cleanText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
}
