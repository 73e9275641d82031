/** Control, line-separating and direction-changing characters (ESC, C0, C1, bidi): what rewrites a terminal or misleads a reader. */
const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** The text, which may come from outside, as one harmless line: each unsafe character becomes `put`. */
export function replaceUnsafe(text: string, put = '\ufffd'): string {
  return text.replace(UNSAFE, put)
}

/** JSON that says the same without a single unsafe character in it; takes JSON on one line. */
export function escapeUnsafe(json: string): string {
  return json.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
