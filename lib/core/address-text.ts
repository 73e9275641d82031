const DOT = 46
const COLON = 58
const groups = new Uint16Array(8)
const LONGEST_TEXT = 'ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255'.length

/**
 * Reads one address out of `text` into 32-bit words: IPv4 into `into[0]`, IPv6 into `into[0..3]`, most
 * significant first. Returns the family, or 0 when the text is not an address in the strict grammar
 * (RFC 4291 §2.2 and four decimal parts without leading zeros); `into` is then unspecified.
 * IPv4-mapped IPv6 is read as that IPv4 address. Never throws, allocates nothing, stops after 45 characters.
 */
export function readAddress(text: string, into: Uint32Array): 0 | 4 | 6 {
  const length = text.length
  if (length < 2 || length > LONGEST_TEXT) return 0
  if (readQuad(text, 0, length, into, 0)) return 4
  if (!readGroups(text, length, into)) return 0
  if (into[0] === 0 && into[1] === 0 && into[2] === 0xffff) {
    into[0] = into[3] as number
    return 4
  }
  return 6
}

function readQuad(text: string, from: number, length: number, into: Uint32Array, slot: number): boolean {
  let value = 0
  let part = 0
  let digits = 0
  let dots = 0
  for (let at = from; at < length; at++) {
    const code = text.charCodeAt(at)
    const digit = code - 48
    if (digit >= 0 && digit <= 9) {
      if (digits !== 0 && part === 0) return false
      part = part * 10 + digit
      if (part > 255) return false
      digits = 1
    } else if (code === DOT && digits !== 0 && dots !== 3) {
      value = (value << 8) | part
      part = 0
      digits = 0
      dots++
    } else return false
  }
  if (dots !== 3 || digits === 0) return false
  into[slot] = (value << 8) | part
  return true
}

function readGroups(text: string, length: number, into: Uint32Array): boolean {
  let count = 0
  let gap = -1
  let at = 0
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return false
    gap = 0
    at = 2
  }
  while (at < length) {
    if (count === 8) return false
    const groupAt = at
    let value = 0
    for (; at < length; at++) {
      const digit = hexDigit(text.charCodeAt(at))
      if (digit < 0) break
      value = (value << 4) | digit
    }
    const digits = at - groupAt
    if (digits === 0 || digits > 4) return false
    if (at < length && text.charCodeAt(at) === DOT) {
      if (count > 6 || !readQuad(text, groupAt, length, into, 0)) return false
      const quad = into[0] as number
      groups[count++] = quad >>> 16
      groups[count++] = quad
      break
    }
    groups[count++] = value
    if (at === length) break
    if (text.charCodeAt(at++) !== COLON || at === length) return false
    if (text.charCodeAt(at) === COLON) {
      if (gap >= 0) return false
      gap = count
      at++
    }
  }
  return placeGroups(count, gap, into)
}

/** The groups behind `::` (at index `gap`, -1 for none) belong at the end; what is between is zero. */
function placeGroups(count: number, gap: number, into: Uint32Array): boolean {
  if (gap < 0 ? count !== 8 : count === 8) return false
  if (gap >= 0) {
    let to = 7
    for (let from = count - 1; from >= gap; from--) groups[to--] = groups[from] as number
    while (to >= gap) groups[to--] = 0
  }
  for (let word = 0; word < 4; word++) {
    into[word] = ((groups[2 * word] as number) << 16) | (groups[2 * word + 1] as number)
  }
  return true
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}
