import { compareWords, type Width } from './lookup-words'

/**
 * The order in which records of `stride` words come when sorted by their first `width` words, equal ones as
 * they were. Linear (radix sort, least significant byte first); yields now and then, for slicing.
 */
export function* sortedOrder(
  records: Uint32Array,
  stride: number,
  width: Width,
  isSorted = alreadySorted(records, stride, width),
): Generator<void, Uint32Array> {
  const count = records.length / stride
  let order: Uint32Array = countUp(count)
  if (isSorted) return order
  let spare: Uint32Array = new Uint32Array(count)
  for (let word = width - 1; word >= 0; word--) {
    for (let shift = 0; shift < 32; shift += 8) {
      if (distribute(records, stride, word, shift, order, spare)) [order, spare] = [spare, order]
      yield
    }
  }
  return order
}

/** 0, 1, 2 and so on. */
export function countUp(count: number): Uint32Array {
  const numbers = new Uint32Array(count)
  for (let index = 0; index < count; index++) numbers[index] = index
  return numbers
}

function alreadySorted(records: Uint32Array, stride: number, width: Width): boolean {
  for (let at = stride; at < records.length; at += stride) {
    if (compareWords(records, at - stride, records, at, width) > 0) return false
  }
  return true
}

/** One counting pass; false when all records have the same byte there and nothing was written. */
function distribute(
  records: Uint32Array,
  stride: number,
  word: number,
  shift: number,
  from: Uint32Array,
  to: Uint32Array,
): boolean {
  const places = new Uint32Array(257)
  for (let index = 0; index < from.length; index++) {
    const byte = ((records[index * stride + word] as number) >>> shift) & 255
    places[byte + 1] = (places[byte + 1] as number) + 1
  }
  if (places.includes(from.length)) return false
  for (let byte = 1; byte < 257; byte++)
    places[byte] = (places[byte] as number) + (places[byte - 1] as number)
  for (let index = 0; index < from.length; index++) {
    const record = from[index] as number
    const byte = ((records[record * stride + word] as number) >>> shift) & 255
    const place = places[byte] as number
    places[byte] = place + 1
    to[place] = record
  }
  return true
}
