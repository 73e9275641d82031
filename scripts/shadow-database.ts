// Empty databases into which the engine replays the migrations, with two corrections of their drivers.
import { randomUUID } from 'node:crypto'
import type { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import { databaseAdapter } from '../lib/data/adapter'

/** In memory. The engine replays a migration through `executeRaw`, where the driver takes one statement only. */
export function shadowSqlite(): PrismaBetterSqlite3 {
  const adapter = databaseAdapter('file::memory:') as PrismaBetterSqlite3
  const connect = adapter.connectToShadowDb.bind(adapter)
  adapter.connectToShadowDb = async () => {
    const shadow = await connect()
    shadow.executeRaw = async ({ sql }) => shadow.executeScript(sql).then(() => 0)
    return shadow
  }
  return adapter
}

/** On the server at `url`. The driver's own would drop its database while still connected to it. */
export function shadowPostgres(url: string): PrismaPg {
  const adapter = new PrismaPg(url)
  adapter.connectToShadowDb = async () => {
    const name = `gatehouse_shadow_${randomUUID()}`
    const server = await adapter.connect()
    await server.executeScript(`CREATE DATABASE "${name}"`)
    const shadow = await new PrismaPg(Object.assign(new URL(url), { pathname: name }).href).connect()
    const disconnect = shadow.dispose.bind(shadow)
    shadow.dispose = async () => {
      await disconnect()
      await server.executeScript(`DROP DATABASE "${name}"`)
    }
    describeInternalCharAsCharacter(shadow.underlyingDriver())
    return shadow
  }
  return adapter
}

const INTERNAL_CHAR = 18
const CHARACTER = 1042

/** The engine reads the catalogue, whose one-byte "char" the driver doesn't know. */
function describeInternalCharAsCharacter(pool: object): void {
  const { query } = pool as { query: (...input: unknown[]) => Promise<{ fields?: { dataTypeID: number }[] }> }
  Object.assign(pool, {
    query: async (...input: unknown[]) => {
      const result = await query.apply(pool, input)
      for (const field of result.fields ?? [])
        if (field.dataTypeID === INTERNAL_CHAR) field.dataTypeID = CHARACTER
      return result
    },
  })
}
