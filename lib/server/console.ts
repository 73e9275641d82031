import { inspect } from 'node:util'
import { hideSecrets } from '../core/secrets-in-text'
import { replaceUnsafe } from '../core/unsafe-text'

const KEPT = Symbol.for('gatehouse.console-kept-harmless')
const shared = globalThis as { [KEPT]?: true }

/**
 * From now on nothing that is said on the console acts on the terminal that shows it. Next tells of errors there past the
 * log, with their words as they are, and those may quote what a stranger sent.
 */
export function keepConsoleHarmless(): void {
  if (shared[KEPT]) return
  shared[KEPT] = true
  for (const method of ['error', 'warn', 'info', 'log'] as const) {
    const say = console[method].bind(console)
    console[method] = (...said: unknown[]) => say(...said.map(harmless))
  }
}

function harmless(said: unknown): unknown {
  if (typeof said === 'string') return cleaned(said, PLAIN_OR_COLOUR)
  return typeof said === 'object' && said !== null ? cleaned(hideSecrets(inspect(said)), PLAIN) : said
}

const PLAIN = /([\n\t])/
/** Next paints its own words. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is how a colour begins
const PLAIN_OR_COLOUR = /(\n|\t|\u001b\[[\d;]*m)/

/** The text with every unsafe character replaced that is not of what `kept` finds. */
function cleaned(text: string, kept: RegExp): string {
  const parts = text.split(kept)
  return parts.map((part, at) => (at % 2 === 1 ? part : replaceUnsafe(part))).join('')
}
