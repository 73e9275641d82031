const DOT = 46
const COLON = 58
const LONGEST_TEXT = 'ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255'.length

/** The value of each ASCII hex digit, -1 for other characters. */
const HEX = Int8Array.from({ length: 128 }, (_, code) =>
  '0123456789abcdef'.indexOf(String.fromCharCode(code).toLowerCase()),
)
const groups = new Uint16Array(8)

/**
 * Reads one address out of `text` into 32-bit words: IPv4 into `into[0]`, IPv6 into `into[0..3]`, most
 * significant first. Returns the family, or 0 when the text is not an address in the strict grammar
 * (RFC 4291 §2.2 and four decimal parts without leading zeros); `into` is then unspecified.
 * IPv4-mapped IPv6 is read as that IPv4 address. Never throws, allocates nothing, reads at most 45 characters.
 */
export function readAddress(text: string, into: Uint32Array): 0 | 4 | 6 {
  const length = text.length
  if (length > LONGEST_TEXT) return 0
  if (readQuad(text, 0, length, into)) return 4
  if (!readGroups(text, length, into)) return 0
  if (into[0] === 0 && into[1] === 0 && into[2] === 0xffff) {
    into[0] = into[3] as number
    return 4
  }
  return 6
}

/** Reads a dotted quad that reaches from `at` to the end into `into[0]`. */
function readQuad(text: string, at: number, length: number, into: Uint32Array): boolean {
  let value = 0
  for (let dots = 0; ; dots++) {
    let part = text.charCodeAt(at) - 48
    if (part >>> 0 > 9) return false
    if (++at < length) {
      let digit = text.charCodeAt(at) - 48
      if (digit >>> 0 <= 9) {
        if (part === 0) return false
        part = part * 10 + digit
        if (++at < length) {
          digit = text.charCodeAt(at) - 48
          if (digit >>> 0 <= 9) {
            part = part * 10 + digit
            if (part > 255) return false
            at++
          }
        }
      }
    }
    value = (value << 8) | part
    if (dots === 3) break
    if (text.charCodeAt(at++) !== DOT) return false
  }
  into[0] = value
  return at === length
}

function readGroups(text: string, length: number, into: Uint32Array): boolean {
  let count = 0
  let gap = -1
  let groupAt = 0
  let value = 0
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return false
    gap = 0
    groupAt = 2
  }
  for (let at = groupAt; at < length; at++) {
    const code = text.charCodeAt(at)
    const digit = (HEX[code & 127] as number) | (code & ~127)
    if (digit >>> 0 <= 15) {
      value = (value << 4) | digit
    } else if (code === COLON) {
      if (at === groupAt) {
        if (gap >= 0) return false
        gap = count
      } else {
        if (at - groupAt > 4) return false
        groups[count++] = value
        value = 0
      }
      groupAt = at + 1
    } else return readTail(text, groupAt, length, count, gap, into)
  }
  const digits = length - groupAt
  if (digits > 4) return false
  if (digits > 0) groups[count++] = value
  else if (gap !== count) return false
  return placeGroups(count, gap, into)
}

/** What is no group can only be a dotted quad, for the last 32 bits. */
function readTail(
  text: string,
  at: number,
  length: number,
  count: number,
  gap: number,
  into: Uint32Array,
): boolean {
  if (!readQuad(text, at, length, into)) return false
  const quad = into[0] as number
  groups[count] = quad >>> 16
  groups[count + 1] = quad
  return placeGroups(count + 2, gap, into)
}

/** The groups behind `::` (at index `gap`, -1 for none) belong at the end; what is between is zero. */
function placeGroups(count: number, gap: number, into: Uint32Array): boolean {
  if (gap < 0) {
    if (count !== 8) return false
  } else {
    if (count > 7) return false
    let to = 7
    for (let from = count - 1; from >= gap; from--) groups[to--] = groups[from] as number
    while (to >= gap) groups[to--] = 0
  }
  into[0] = ((groups[0] as number) << 16) | (groups[1] as number)
  into[1] = ((groups[2] as number) << 16) | (groups[3] as number)
  into[2] = ((groups[4] as number) << 16) | (groups[5] as number)
  into[3] = ((groups[6] as number) << 16) | (groups[7] as number)
  return true
}
