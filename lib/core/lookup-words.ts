/** Words of an address of the family: IPv4 is one 32-bit word, IPv6 four, most significant first. */
export type Width = 1 | 4

/** Negative, zero or positive, as the `width` words of `a` at `at` are less, equal or greater than those of `b`. */
export function compareWords(a: Uint32Array, at: number, b: Uint32Array, bt: number, width: Width): number {
  for (let word = 0; word < width; word++) {
    const difference = (a[at + word] as number) - (b[bt + word] as number)
    if (difference !== 0) return difference
  }
  return 0
}

/** Adds one in place; false when that ran over the end of the family. */
export function increment(words: Uint32Array, at: number, width: Width): boolean {
  for (let word = at + width - 1; word >= at; word--) {
    words[word] = (words[word] as number) + 1
    if (words[word] !== 0) return true
  }
  return false
}

/** Takes one off in place; the value must not be zero. */
export function decrement(words: Uint32Array, at: number, width: Width): void {
  for (let word = at + width - 1; word >= at; word--) {
    words[word] = (words[word] as number) - 1
    if (words[word] !== 0xffff_ffff) return
  }
}

/** Number of leading bits that two addresses have in common. */
export function commonBits(a: Uint32Array, at: number, bt: number, width: Width): number {
  for (let word = 0; word < width; word++) {
    const difference = (a[at + word] as number) ^ (a[bt + word] as number)
    if (difference !== 0) return 32 * word + Math.clz32(difference)
  }
  return 32 * width
}

/** `bits` (1 to 20) bits of an address from bit number `bit` on; they must not run over its end. */
export function bitsAt(words: Uint32Array, at: number, bit: number, bits: number): number {
  const word = at + (bit >>> 5)
  const offset = bit & 31
  // Perhaps of what lies behind the address, and then shifted out again. In two steps: a shift by 32 would be none.
  const next = ((words[word + 1] as number) >>> 1) >>> (31 - offset)
  return (((words[word] as number) << offset) | next) >>> (32 - bits)
}

/** Reads an Address (its stored text) into words and returns its family. */
export function readStored(address: string, into: Uint32Array, at: number): 4 | 6 {
  const width = address.length === 9 ? 1 : 4
  for (let word = 0; word < width; word++) into[at + word] = hexWord(address, 1 + 8 * word)
  return width === 1 ? 4 : 6
}

function hexWord(text: string, from: number): number {
  let value = 0
  for (let at = from; at < from + 8; at++) {
    const code = text.charCodeAt(at)
    // A letter's lowest bits count from `a` as 1, and its seventh bit is set.
    value = (value << 4) | ((code & 15) + 9 * (code >> 6))
  }
  return value
}

/** One part behind the other, from word `from` on, and where each begins; 0 for one that has no words. */
export function join(parts: readonly Uint32Array[], from: number): { words: Uint32Array; offsets: number[] } {
  const words = new Uint32Array(parts.reduce((length, part) => length + part.length, from))
  let at = from
  const offsets = parts.map((part) => {
    const offset = part.length === 0 ? 0 : at
    words.set(part, at)
    at += part.length
    return offset
  })
  return { words, offsets }
}
