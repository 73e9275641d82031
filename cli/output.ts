import { escapeUnsafe, replaceUnsafe } from '@/lib/core/unsafe-text'

/** Prints lines for people; characters out of data that could act on the terminal are shown as U+FFFD. */
export function printLines(stream: NodeJS.WritableStream, lines: readonly string[]): void {
  stream.write(`${lines.map((line) => replaceUnsafe(line)).join('\n')}\n`)
}

/** Prints one JSON value; the same characters are written as JSON escapes. */
export function printJson(stream: NodeJS.WritableStream, value: unknown): void {
  const text = JSON.stringify(value, null, 2).split('\n')
  stream.write(`${text.map(escapeUnsafe).join('\n')}\n`)
}

/** Rows as columns; each as wide as its widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const all = [head, ...rows]
  const widths = head.map((_, at) => all.reduce((width, row) => Math.max(width, (row[at] ?? '').length), 0))
  return all.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** An instant as every screen without a browser shows it: UTC, to the minute. */
export function formatInstant(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
