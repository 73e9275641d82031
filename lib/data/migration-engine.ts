import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils'
import type { SchemaEngine } from '@prisma/schema-engine-wasm'

/**
 * Lends Prisma's own migration engine over a driver, from WebAssembly: nothing is downloaded, and what it
 * writes is what `prisma migrate deploy` writes. `schema` is a whole Prisma schema, header included.
 */
export async function withMigrationEngine<T>(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  schema: string | undefined,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await loadEngine()
  const opened = rememberConnections(adapter)
  try {
    const datamodels: [string, string][] | undefined = schema ? [['schema.prisma', schema]] : undefined
    const factory = bindMigrationAwareSqlAdapterFactory(adapter)
    const engine = await SchemaEngine.new({ datamodels }, () => {}, factory)
    return await use(engine).finally(() => engine.free())
  } finally {
    await Promise.all(opened.map((connection) => connection.dispose()))
  }
}

/** The engine never closes its connection, and on SQLite holds the whole file with it. */
function rememberConnections(adapter: SqlMigrationAwareDriverAdapterFactory): SqlDriverAdapter[] {
  const opened: SqlDriverAdapter[] = []
  const connect = adapter.connect.bind(adapter)
  adapter.connect = async () => {
    const connection = await connect()
    opened.push(connection)
    return connection
  }
  return opened
}

type EngineModule = typeof import('@prisma/schema-engine-wasm') & {
  __wbg_set_wasm(exports: WebAssembly.Exports): void
}
const WASM_FILE = '@prisma/schema-engine-wasm/schema_engine_bg.wasm'
let loading: Promise<EngineModule> | undefined

function loadEngine(): Promise<EngineModule> {
  loading ??= instantiate()
  return loading
}

async function instantiate(): Promise<EngineModule> {
  const bindings = (await import('@prisma/schema-engine-wasm/schema_engine_bg')) as EngineModule
  const bytes = await readFile(join(process.cwd(), 'node_modules', WASM_FILE))
  const imports = { './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports }
  const { instance } = await WebAssembly.instantiate(bytes, imports)
  bindings.__wbg_set_wasm(instance.exports)
  ;(instance.exports.__wbindgen_start as () => void)()
  return bindings
}
