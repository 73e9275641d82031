import { expect, test } from 'vitest'
import { cutDescription } from './range-description'

test.each([
  ['what fits', ' Office \n 2 ', 'Office   2'],
  ['200 characters', 'x'.repeat(200), 'x'.repeat(200)],
  ['one too many', 'x'.repeat(201), 'x'.repeat(200)],
  ['no half of a character', `${'x'.repeat(199)}😀`, 'x'.repeat(199)],
  ['a whole one at the end', `${'x'.repeat(198)}😀y`, `${'x'.repeat(198)}😀`],
  ['no blank at the end', `${'x'.repeat(199)} y`, 'x'.repeat(199)],
])('a description is cut to %s', (_what, text, cut) => expect(cutDescription(text)).toBe(cut))
