/** One record of CSV text, and where the next one begins. */
export interface CsvRecord {
  /** Without quotes and without white space around. */
  cells: string[]
  /** Why it can't be read; the cells are then what came before. */
  problem: 'quote-not-closed' | 'text-behind-quote' | null
  /** Behind its line end. */
  next: number
}

const UNTIL: Readonly<Record<string, RegExp>> = {
  any: /[^,;\t\n]*/y,
  ',': /[^,\n]*/y,
  ';': /[^;\n]*/y,
  '\t': /[^\t\n]*/y,
}

/**
 * Reads the record at `from` (RFC 4180, line ends as `\n`): quoted cells may hold separators, line ends and doubled quotes.
 * Cells are separated by whichever of comma, semicolon and tab comes first. Each character is read once; behind a quote that is
 * never closed nothing can be told apart, so the record then ends with the text.
 */
export function readCsvRecord(text: string, from: number): CsvRecord {
  const cells: string[] = []
  let separator = 'any'
  let at = from
  for (;;) {
    while (text[at] === ' ') at++
    let cell: string
    if (text[at] === '"') {
      const quoted = readQuoted(text, at)
      if (!quoted) return { cells, problem: 'quote-not-closed', next: text.length }
      at = quoted.next
      cell = quoted.cell
    } else {
      cell = readUntil(text, at, separator)
      at += cell.length
    }
    cells.push(cell.trim())
    const end = text[at]
    if (end === undefined || end === '\n') return { cells, problem: null, next: at + 1 }
    if (separator === 'any' && /[,;\t]/.test(end)) separator = end
    if (end !== separator) return { cells, problem: 'text-behind-quote', next: lineEnd(text, at) + 1 }
    at++
  }
}

function readUntil(text: string, at: number, separator: string): string {
  const pattern = UNTIL[separator] as RegExp
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}

/** The cell whose first quote is at `at`, and the place behind its last one and the spaces there; null: there is no last one. */
function readQuoted(text: string, at: number): { cell: string; next: number } | null {
  const parts: string[] = []
  for (let begin = at + 1; ; ) {
    const quote = text.indexOf('"', begin)
    if (quote < 0) return null
    parts.push(text.slice(begin, quote))
    if (text[quote + 1] !== '"') {
      let next = quote + 1
      while (text[next] === ' ') next++
      return { cell: parts.join('"'), next }
    }
    begin = quote + 2
  }
}

/** Where the line ends that `at` is in. */
export function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}
