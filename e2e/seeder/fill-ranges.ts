import { addressFromBigInt } from '@/lib/core/address'
import { bumpVersion } from '@/lib/data/allowlist'
import { transact } from '@/lib/data/database'

const FIRST = 0xc612_0000n
const AT_ONCE = 500

/** Fills a list with single addresses of 198.18.0.0/15 (RFC 2544, benchmarks), every other one. */
export async function fillRanges(accountId: string, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, at) => {
    const address = addressFromBigInt(4, FIRST + 2n * BigInt(at))
    const description = `Branch ${at + 1}`
    return {
      accountId,
      start: address,
      end: address,
      description,
      origin: 'IMPORT',
      addedByName: 'Operator',
    } as const
  })
  for (let at = 0; at < rows.length; at += AT_ONCE)
    await transact((tx) => tx.range.createMany({ data: rows.slice(at, at + AT_ONCE) }))
  await transact((tx) => bumpVersion(tx, accountId))
}
