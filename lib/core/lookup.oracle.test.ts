import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { borders, crowdedNumber, family, rangeOf, unmapped } from '@/scripts/testing/arbitrary-addresses'
import { type Postgres, startPostgres } from '@/scripts/testing/postgres'
import { addressFromBigInt, bitsOf, familyOf, formatAddress, toBigInt } from './address'
import { compileLookup, type LookupEntry } from './lookup'
import { parseRange, type Range, toCidrs } from './range'

let server: Postgres
let database: pg.Client

beforeAll(async () => {
  server = await startPostgres()
  database = new pg.Client(server.url)
  await database.connect()
  await database.query(`CREATE FUNCTION block(text) RETURNS cidr LANGUAGE plpgsql AS
    $$ BEGIN RETURN $1::cidr; EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$`)
})
afterAll(async () => {
  await database.end()
  await server.stop()
})

async function ask(query: string, ...columns: unknown[][]): Promise<Record<string, unknown>[]> {
  return (await database.query(query, columns)).rows
}

describe('beside PostgreSQL', () => {
  it('inet orders and holds addresses as a lookup does', async () => {
    const lists = fc.sample(
      family.chain((of) =>
        fc.tuple(
          fc.array(rangeOf(of), { maxLength: 30, size: 'max' }),
          fc.array(crowdedNumber(of), { minLength: 30, maxLength: 30 }),
          fc.constant(of),
        ),
      ),
      60,
    )
    let asked = 0
    for (const [ranges, anywhere, of] of lists) {
      const entries = ranges.map(toEntry)
      const lookup = compileLookup(entries)
      const last = (1n << BigInt(bitsOf(of))) - 1n
      const addresses = [...borders(ranges), ...anywhere]
        .filter((number) => number >= 0n && number <= last)
        .map((number) => addressFromBigInt(of, unmapped(of, number)))
      // inet minus inet is too small for IPv6, so the width comes along as a number.
      const found = await ask(
        `SELECT (SELECT r.id FROM unnest($2::text[], $3::inet[], $4::inet[], $5::numeric[]) AS r(id, first, last, width)
           WHERE a.address BETWEEN r.first AND r.last ORDER BY r.width, r.id LIMIT 1) AS id
         FROM unnest($1::inet[]) WITH ORDINALITY AS a(address, place) ORDER BY place`,
        addresses.map(formatAddress),
        entries.map(({ id }) => id),
        entries.map(({ start }) => formatAddress(start)),
        entries.map(({ end }) => formatAddress(end)),
        entries.map(({ start, end }) => String(toBigInt(end) - toBigInt(start))),
      )
      expect(addresses.map((address) => lookup.findAddress(address, 0))).toEqual(found.map(({ id }) => id))
      asked += addresses.length
    }
    expect(asked).toBeGreaterThan(2_000)
  })

  it('cidr takes the same blocks, with the same first and last address', async () => {
    const blocks = fc.sample(
      family.chain((of) =>
        fc.tuple(crowdedNumber(of), fc.nat(bitsOf(of) + 1), fc.boolean(), fc.constant(of)),
      ),
      3_000,
    )
    const texts = blocks.map(([number, prefix, cleared, of]) => {
      const host = (1n << BigInt(Math.max(0, bitsOf(of) - prefix))) - 1n
      return `${formatAddress(addressFromBigInt(of, unmapped(of, cleared ? number & ~host : number)))}/${prefix}`
    })
    const found = await ask(
      `SELECT host(block(text)) AS first, host(broadcast(block(text))) AS last
       FROM unnest($1::text[]) WITH ORDINALITY AS t(text, place) ORDER BY place`,
      texts,
    )
    for (const [at, start] of texts.entries()) {
      const parsed = parseRange({ start })
      if (!parsed.ok && parsed.problem.code === 'prefix-splits-mapped') continue
      const { first, last } = found[at] as { first: string | null; last: string | null }
      const expected =
        first !== null && last !== null ? parseRange({ start: first, end: last }) : { ok: false }
      if (parsed.ok) expect({ start, ...parsed }).toEqual({ start, ...expected })
      else expect({ start, first }).toEqual({ start, first: null })
    }
  })

  it('the blocks of a range hold its addresses and no others', async () => {
    const ranges = fc.sample(family.chain(rangeOf), 400)
    for (const range of ranges) {
      const of = familyOf(range.start)
      const last = (1n << BigInt(bitsOf(of))) - 1n
      const numbers = borders([range]).filter((number) => number >= 0n && number <= last)
      const addresses = numbers.map((number) => addressFromBigInt(of, unmapped(of, number)))
      const found = await ask(
        `SELECT bool_or(a.address <<= block) AS held FROM unnest($1::inet[]) WITH ORDINALITY AS a(address, place),
         unnest($2::cidr[]) AS b(block) GROUP BY place ORDER BY place`,
        addresses.map(formatAddress),
        toCidrs(range),
      )
      expect(found.map(({ held }) => held)).toEqual(
        addresses.map((address) => range.start <= address && address <= range.end),
      )
    }
  })
})

function toEntry(range: Range, index: number): LookupEntry {
  const id = `r${String(index).padStart(3, '0')}`
  return { id, ...range, enabled: true, expiresAtMs: null, createdAtMs: 0 }
}
