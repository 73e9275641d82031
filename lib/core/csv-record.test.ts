import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCsvLine } from './csv'
import { readCsvRecord } from './csv-record'

describe('one record of CSV', () => {
  it.each([
    ['a,b', ['a', 'b'], 4],
    ['a;b,c\nd', ['a', 'b,c'], 6],
    ['a\tb;c', ['a', 'b;c'], 6],
    ['', [''], 1],
    ['\nb', [''], 1],
    [',\n', ['', ''], 2],
    [' a , b ', ['a', 'b'], 8],
    ['"a,b";c', ['a,b', 'c'], 8],
    ['"a" , "b"', ['a', 'b'], 10],
    ['"say ""yes""",x', ['say "yes"', 'x'], 16],
    ['"two\nlines",x\nnext', ['two\nlines', 'x'], 14],
    ['a"b,c', ['a"b', 'c'], 6],
    ['""', [''], 3],
  ])('reads %j', (text, cells, next) => {
    expect(readCsvRecord(text, 0)).toEqual({ cells, problem: null, next })
  })

  it('begins where it is told to', () => {
    expect(readCsvRecord('a,b\nc,d\n', 4)).toEqual({ cells: ['c', 'd'], problem: null, next: 8 })
  })

  it('says that a quote is never closed', () => {
    expect(readCsvRecord('a,"b\nc', 0)).toEqual({ cells: ['a'], problem: 'quote-not-closed', next: 6 })
    expect(readCsvRecord('"b""', 0)).toMatchObject({ problem: 'quote-not-closed' })
  })

  it('says that something stands behind a closing quote, and goes on with the next line', () => {
    expect(readCsvRecord('"a"b,c\nd', 0)).toEqual({ cells: ['a'], problem: 'text-behind-quote', next: 7 })
    expect(readCsvRecord('a,"b";c', 0)).toMatchObject({ problem: 'text-behind-quote' })
  })

  it('reads back what is written', () => {
    const cell = fc
      .string({ unit: fc.constantFrom('a', '"', ',', ';', '\t', '\n', ' ', '.', 'ü', '#') })
      .map((text) => text.trim())
      .filter((text) => !/^[=+\-@]/.test(text))
    fc.assert(
      fc.property(fc.array(cell, { minLength: 2, maxLength: 5 }), (cells) => {
        const text = formatCsvLine(cells).replace(/\r\n$/, '\n')
        expect(readCsvRecord(text, 0)).toEqual({ cells, problem: null, next: text.length })
      }),
    )
  })
})
