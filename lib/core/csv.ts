/**
 * One line of CSV (RFC 4180), with its line end. A cell that a spreadsheet would take for a formula gets an apostrophe in
 * front, which shows it as the text that it is.
 */
export function formatCsvLine(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => formatCell(cell ?? '')).join(',')}\r\n`
}

function formatCell(text: string): string {
  const safe = /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text
  return /[",\r\n\t;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
