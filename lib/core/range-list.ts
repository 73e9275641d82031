import { lineEnd, readCsvRecord } from './csv-record'
import { parseExpiry } from './expiry'
import { describeRangeProblem, parseRange, type Range, trimPasted } from './range'
import {
  cellsBelow,
  cellsInOrder,
  type Header,
  parseHeader,
  type RangeCells,
  type RangeColumn,
} from './range-columns'
import { parseDescription } from './range-description'
import { excerpt, type RangeProblem } from './range-problem'

/** A range as a line of a list has it. `expiresAt` is the first instant at which it no longer counts. */
export interface ListedRange {
  /** From 1; where a record takes several lines, its first. */
  line: number
  range: Range
  description: string
  expiresAt: Date | null
}

/** Why a line is no range, in plain words. */
export interface LineProblem {
  line: number
  field: RangeColumn | 'line'
  code:
    | RangeProblem['code']
    | 'description-too-long'
    | 'expires-not-understood'
    | 'quote-not-closed'
    | 'text-behind-quote'
    | 'too-many-columns'
  message: string
}

/** What a text says that was pasted as a list of ranges. */
export interface RangeList {
  /** In the order of the lines, each range once. */
  ranges: ListedRange[]
  /** Lines with the same addresses as an earlier one, which counts. */
  repeated: { line: number; range: Range; firstLine: number }[]
  problems: LineProblem[]
  /** Columns of the header line that mean nothing here, by name. */
  ignoredColumns: string[]
}

/** How much a list may be. */
export interface ListLimits {
  lines: number
  /** In UTF-8, with single characters as line ends. */
  bytes: number
}

export const PASTED_MAX: ListLimits = { lines: 10_000, bytes: 1_000_000 }

/** Line ends as single characters, and no byte order mark. */
export function unifyLines(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
}

/** Why a text is too long for a list, in one sentence that says what to do; null: it is not. */
export function findExcess(text: string, limits: ListLimits): string | null {
  const plain = unifyLines(text)
  const lines = plain.split('\n').length - (plain.endsWith('\n') ? 1 : 0)
  if (lines > limits.lines)
    return `The list has ${lines.toLocaleString('en')} lines. Import at most ${limits.lines.toLocaleString('en')} at a time.`
  const bytes = new TextEncoder().encode(plain).length
  const inMegabytes = (count: number) =>
    `${(count / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 })} MB`
  if (bytes > limits.bytes)
    return `The list is ${inMegabytes(Math.max(bytes, limits.bytes + 100_000))} long. Import at most ${inMegabytes(limits.bytes)} at a time.`
  return null
}

/**
 * Reads a pasted list: a range a line in the words of `parseRange`, with a description behind `#`; or CSV (RFC 4180; comma,
 * semicolon or tab), with or without a header line. Blank lines and lines that begin with `#` count for nothing. Every line is
 * either a range, a repetition, or a problem. Takes any text; each character is read a bounded number of times.
 */
export function parseRangeList(text: string): RangeList {
  const plain = unifyLines(text)
  const list: RangeList = { ranges: [], repeated: [], problems: [], ignoredColumns: [] }
  const firstLines = new Map<string, number>()
  let header: Header | null | undefined
  let line = 1
  for (let at = 0; at < plain.length; ) {
    const record = readRecord(plain, at)
    if (record.problem) list.problems.push({ line, field: 'line', ...RECORD_PROBLEMS[record.problem] })
    else if (record.cells.some((cell) => cell !== '')) {
      const isHeader = header === undefined && record.note === null && parseHeader(record.cells)
      if (isHeader) list.ignoredColumns = isHeader.ignored
      else take(list, firstLines, line, readCells(record, header || null))
      if (header === undefined) header = isHeader || null
    }
    for (; at < record.next && at < plain.length; at++) if (plain[at] === '\n') line++
  }
  return list
}

const RECORD_PROBLEMS = {
  'quote-not-closed': {
    code: 'quote-not-closed',
    message:
      'A quote begins here and never ends, so nothing behind it can be read. Close it, or take it out.',
  },
  'text-behind-quote': {
    code: 'text-behind-quote',
    message:
      'Something stands behind a closing quote. Put a comma between, or double the quotes within the text.',
  },
} as const

interface ListRecord {
  cells: string[]
  /** What stands behind `#`; null where there is none. */
  note: string | null
  problem: keyof typeof RECORD_PROBLEMS | null
  /** Where the next one begins. */
  next: number
}

/** The record that begins at `from`. Before the end of its first column, `#` begins a note, up to the end of the line. */
function readRecord(text: string, from: number): ListRecord {
  const indent = /[ \t]*(?=#)/y
  indent.lastIndex = from
  const at = indent.test(text) ? indent.lastIndex : from
  const mark = /[#,;\t"\n]/g
  mark.lastIndex = at
  const found = mark.exec(text)
  if (found?.[0] !== '#') return { note: null, ...readCsvRecord(text, at) }
  const end = lineEnd(text, found.index)
  const note = text.slice(found.index + 1, end)
  return { cells: [text.slice(at, found.index).trim()], note, problem: null, next: end + 1 }
}

type LineRead =
  | { ok: true; range: Range; description: string; expiresAt: Date | null }
  | { ok: false; problems: Omit<LineProblem, 'line'>[] }

function take(list: RangeList, firstLines: Map<string, number>, line: number, read: LineRead): void {
  if (!read.ok) {
    for (const problem of read.problems) list.problems.push({ line, ...problem })
    return
  }
  const { range, description, expiresAt } = read
  const key = `${range.start} ${range.end}`
  const firstLine = firstLines.get(key)
  if (firstLine !== undefined) {
    list.repeated.push({ line, range, firstLine })
    return
  }
  firstLines.set(key, line)
  list.ranges.push({ line, range, description, expiresAt })
}

function readCells({ cells, note }: ListRecord, header: Header | null): LineRead {
  if (note !== null) return judge({ start: cells[0] ?? '', end: '', description: note, expires: '' })
  if (header) return judge(cellsBelow(header, cells))
  const inOrder = cellsInOrder(cells)
  if (inOrder) return judge(inOrder, inOrder.isEndGuessed)
  const message = `There are more columns than Start IP, End IP, Description and Expires. ${HEADER_HELPS}`
  return { ok: false, problems: [{ field: 'line', code: 'too-many-columns', message }] }
}

const HEADER_HELPS = 'Put a text with commas into quotes, or say in a first line what the columns are.'

function judge(cells: RangeCells, isEndGuessed = false): LineRead {
  const [start, end] = [trimPasted(cells.start), trimPasted(cells.end)]
  const range = parseRange({ start, end })
  const description = parseDescription(unguarded(cells.description))
  const expiry = readExpiry(cells.expires)
  if (range.ok && description.ok && expiry.ok)
    return { ok: true, range: range.range, description: description.description, expiresAt: expiry.expiresAt }
  const problems: Omit<LineProblem, 'line'>[] = []
  if (!range.ok) {
    const { code, field } = range.problem
    problems.push({ code, field, message: describe(range.problem, start, isEndGuessed) })
  }
  if (!description.ok)
    problems.push({ code: 'description-too-long', field: 'description', message: description.problem })
  if (!expiry.ok) problems.push({ code: 'expires-not-understood', field: 'expires', message: expiry.problem })
  return { ok: false, problems }
}

/** The words of a form, and what helps in a list. */
function describe(problem: RangeProblem, start: string, isEndGuessed: boolean): string {
  const said = describeRangeProblem(problem)
  if (problem.field === 'end' && problem.code === 'end-not-an-address' && isEndGuessed)
    return `${said} If that is a description, put it into the third column.`
  const [first = '', ...others] = start.slice(0, 100).split(/\s+/)
  const isFollowed = problem.field === 'start' && others.length > 0 && parseRange({ start: first }).ok
  return isFollowed ? `${said} A description goes behind a comma or a #.` : said
}

/** Without the apostrophe that keeps a spreadsheet from computing a text (lib/core/csv.ts). */
function unguarded(text: string): string {
  return text.replace(/^'(?=\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/, '')
}

function readExpiry(text: string): { ok: true; expiresAt: Date | null } | { ok: false; problem: string } {
  const cell = trimPasted(text)
  if (cell === '' || /^never$/i.test(cell)) return { ok: true, expiresAt: null }
  const parsed = parseExpiry('custom', cell.replace(/Z$/, ''))
  if (parsed.ok && parsed.expiry.kind === 'at') return { ok: true, expiresAt: new Date(parsed.expiry.atMs) }
  const found = excerpt(cell)
  return { ok: false, problem: `${found} is not a date and time in UTC, like 2030-01-31T18:00.` }
}
