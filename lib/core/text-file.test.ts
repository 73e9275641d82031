import { expect, it } from 'vitest'
import { decodeTextFile } from './text-file'

it.each([
  ['nothing', [], ''],
  ['UTF-8', [0x5a, 0xc3, 0xbc], 'Zü'],
  ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0x5a], 'Z'],
  ['UTF-16, as a spreadsheet writes “Unicode text”', [0xff, 0xfe, 0x5a, 0, 0xfc, 0], 'Zü'],
  ['UTF-16 the other way round', [0xfe, 0xff, 0, 0x5a, 0, 0xfc], 'Zü'],
  ['windows-1252', [0x5a, 0xfc], 'Zü'],
])('reads %s', (_, bytes, text) => {
  expect(decodeTextFile(Uint8Array.from(bytes))).toBe(text)
})
