import { compareWords, type Width } from './lookup-words'

/**
 * The order in which records of `stride` words come when sorted by their first `width` words, equal ones as
 * they were. Linear (radix sort, least significant byte first); yields now and then, for slicing.
 */
export function* sortedOrder(
  records: Uint32Array,
  stride: number,
  width: Width,
): Generator<void, Uint32Array> {
  const count = records.length / stride
  let order = countUp(count)
  if (alreadySorted(records, stride, width)) return order
  for (let word = width - 1; word >= 0; word--) {
    const keys = order.map((record) => records[record * stride + word] as number)
    order = yield* sortByKeys(keys, order)
  }
  return order
}

/** 0, 1, 2 and so on. */
export function countUp(count: number): Uint32Array {
  return new Uint32Array(count).map((_, index) => index)
}

// Stryker disable all: sorting them again would change nothing.
function alreadySorted(records: Uint32Array, stride: number, width: Width): boolean {
  for (let at = stride; at < records.length; at += stride) {
    if (compareWords(records, at - stride, records, at, width) > 0) return false
  }
  return true
}

// Stryker restore all

/** `order` sorted by the key at the same place; both arrays are used up. */
function* sortByKeys(keys: Uint32Array, order: Uint32Array): Generator<void, Uint32Array> {
  let from = { keys, order }
  let to = {
    keys: new Uint32Array(keys.length) as Uint32Array,
    order: new Uint32Array(order.length) as Uint32Array,
  }
  for (let shift = 0; shift < 32; shift += 8) {
    const places = countBytes(from.keys, shift)
    yield
    if (places === null) continue
    for (let at = 0; at < keys.length; at++) {
      const key = from.keys[at] as number
      const byte = (key >>> shift) & 255
      const place = places[byte] as number
      places[byte] = place + 1
      to.keys[place] = key
      to.order[place] = from.order[at] as number
    }
    ;[from, to] = [to, from]
  }
  return from.order
}

/** Where the keys with each byte begin; null when all have the same one. */
function countBytes(keys: Uint32Array, shift: number): Uint32Array | null {
  const places = new Uint32Array(257)
  for (let at = 0; at < keys.length; at++) {
    const byte = ((keys[at] as number) >>> shift) & 255
    places[byte + 1] = (places[byte + 1] as number) + 1
  }
  // Stryker disable next-line all: such a round would change nothing.
  if (places.includes(keys.length)) return null
  let before = 0
  return places.map((count) => {
    before += count
    return before
  })
}
