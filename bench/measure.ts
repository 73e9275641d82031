/** Median of numbers, NaN for none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

/** Bytes held on and off the JavaScript heap, after collecting garbage. */
export function heldBytes(): number {
  globalThis.gc?.()
  globalThis.gc?.()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Milliseconds and what came out. */
export function timed<T>(work: () => T): { ms: number; value: T } {
  const begin = performance.now()
  const value = work()
  return { ms: performance.now() - begin, value }
}

/** Numbers below `limit`, the same for the same seed (xorshift32). */
export function randomNumbers(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return Math.floor(((state >>> 0) / 2 ** 32) * limit)
  }
}
