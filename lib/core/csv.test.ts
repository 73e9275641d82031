import { expect, it } from 'vitest'
import { formatCsvLine } from './csv'

it.each([
  [['a', 'b'], 'a,b\r\n'],
  [['', null], ',\r\n'],
  [['say "yes", please'], '"say ""yes"", please"\r\n'],
  [['two\nlines', 'two\r\nlines'], '"two\nlines","two\r\nlines"\r\n'],
  [['198.51.100.7', 'ana@example.com'], '198.51.100.7,ana@example.com\r\n'],
])('writes %j', (cells, line) => {
  expect(formatCsvLine(cells)).toBe(line)
})

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '＋1', '－1', '＠x', '-'])(
  'keeps a spreadsheet from computing %j',
  (cell) => {
    expect(formatCsvLine([cell]).replace(/^"/, '')).toBe(`'${cell}${/[\t\r]/.test(cell) ? '"' : ''}\r\n`)
  },
)

it('keeps quotes and formulas together safe', () => {
  expect(formatCsvLine(['=HYPERLINK("http://x","y")'])).toBe(`"'=HYPERLINK(""http://x"",""y"")"\r\n`)
})
