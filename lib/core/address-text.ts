const DOT = 46
const COLON = 58
const LONGEST_TEXT = 'ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255'.length
const SHORTEST_QUAD = '0.0.0.0'.length
const LONGEST_QUAD = '255.255.255.255'.length

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
  if (text.length > LONGEST_TEXT) return 0
  into[0] = readQuad(text, 0)
  if (into[0] !== 0 || isZeroQuad(text, 0)) return 4
  if (!readGroups(text, into)) return 0
  if (into[0] === 0 && into[1] === 0 && into[2] === 0xffff) {
    into[0] = into[3] as number
    return 4
  }
  return 6
}

/*
 * A dotted quad is taken in four bits a character: seven from its beginning, which hold the first two parts, and
 * seven from its end. So the shape of the address, which no processor can foresee, decides about no branch.
 */
const WINDOW = SHORTEST_QUAD
const NIBBLE_ZERO = 42
const NIBBLE_DOT = DOT - NIBBLE_ZERO
/** Longer than the three other parts of any quad leave room for. */
const NO_PART = 4 * 12
/** By three nibbles: the part (0-255) that they begin with << 8, and four times its length; `NO_PART` for none. */
const LEADING = partsBy(/^(0|[1-9]\d{0,2})(?:\.|$)/)
/** The same for the part that they end with. */
const TRAILING = partsBy(/(?:^|\.)(0|[1-9]\d{0,2})$/)

function partsBy(grammar: RegExp): Uint16Array {
  return Uint16Array.from({ length: 4096 }, (_, nibbles) => {
    const codes = [nibbles >>> 8, (nibbles >>> 4) & 15, nibbles & 15].map((nibble) => NIBBLE_ZERO + nibble)
    const part = grammar.exec(String.fromCharCode(...codes))?.[1]
    return part === undefined || Number(part) > 255 ? NO_PART : (Number(part) << 8) | (4 * part.length)
  })
}

/**
 * The 32 bits (signed) of the dotted quad that reaches from `from` to the end of `text`. 0 for `0.0.0.0`, and for
 * what is no dotted quad; `isZeroQuad` tells them apart. (No other value is left to say so without allocating.)
 */
export function readQuad(text: string, from: number): number {
  const length = text.length - from
  if (length < SHORTEST_QUAD || length > LONGEST_QUAD) return 0
  const head = readWindow(text, from)
  const tail = readWindow(text, text.length - WINDOW)
  if ((head | tail) < 0) return 0
  const first = LEADING[head >>> 16] as number
  const fourth = TRAILING[tail & 4095] as number
  // A shift looks at five bits of its right side alone, which are four times the length.
  const behind = head << first
  const before = tail >>> fourth
  const second = LEADING[(behind >>> 12) & 4095] as number
  const third = TRAILING[(before >>> 4) & 4095] as number
  const half = first + second
  if (((half + third + fourth) & 255) !== 4 * length - 12) return 0
  const dots = (((behind >>> 24) & 15) ^ NIBBLE_DOT) | ((before & 15) ^ NIBBLE_DOT)
  if ((dots | (text.charCodeAt(from + ((half & 255) >>> 2) + 1) ^ DOT)) !== 0) return 0
  return ((first & 0xff00) << 16) | ((second & 0xff00) << 8) | (third & 0xff00) | (fourth >>> 8)
}

/** Seven characters from `from` on, four bits each; negative when one is neither a digit nor a dot. */
function readWindow(text: string, from: number): number {
  let window = 0
  let strange = 0
  for (let at = 0; at < WINDOW; at++) {
    const nibble = text.charCodeAt(from + at) - NIBBLE_ZERO
    strange |= nibble
    window = (window << 4) | nibble
  }
  return strange >>> 0 > 15 ? -1 : window
}

function isZeroQuad(text: string, from: number): boolean {
  return text.length - from === SHORTEST_QUAD && text.endsWith('0.0.0.0')
}

function readGroups(text: string, into: Uint32Array): boolean {
  const length = text.length
  let count = 0
  let gap = -1
  let at = 0
  if (text.charCodeAt(0) === COLON) {
    if (text.charCodeAt(1) !== COLON) return false
    gap = 0
    at = 2
  }
  while (at < length) {
    let end = at + 4
    let group = end <= length ? fourDigits(text, at) : -1
    if (group < 0) {
      group = 0
      for (end = at; end < length; end++) {
        const digit = hexDigit(text.charCodeAt(end))
        if (digit < 0) break
        group = (group << 4) | digit
      }
    }
    if (end < length && text.charCodeAt(end) !== COLON) return readTail(text, at, count, gap, into)
    if (end > at) groups[count++] = group
    else if (gap < 0) gap = count
    else return false
    at = end + 1
  }
  if (at === length && gap !== count) return false
  return placeGroups(count, gap, into)
}

/** The value of the four hex digits at `at`, negative when they are not that. */
function fourDigits(text: string, at: number): number {
  const a = text.charCodeAt(at)
  const b = text.charCodeAt(at + 1)
  const c = text.charCodeAt(at + 2)
  const d = text.charCodeAt(at + 3)
  if ((a | b | c | d) > 127) return -1
  const high = ((HEX[a & 127] as number) << 12) | ((HEX[b & 127] as number) << 8)
  return high | ((HEX[c & 127] as number) << 4) | (HEX[d & 127] as number)
}

function hexDigit(code: number): number {
  return code > 127 ? -1 : (HEX[code & 127] as number)
}

/** What is no group can only be a dotted quad, for the last 32 bits. */
function readTail(text: string, at: number, count: number, gap: number, into: Uint32Array): boolean {
  const quad = readQuad(text, at)
  if (quad === 0 && !isZeroQuad(text, at)) return false
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
