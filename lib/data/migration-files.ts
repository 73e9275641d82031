import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MigrationList } from '@prisma/schema-engine-wasm'
import type { DatabaseKind } from './adapter'

/** The folder of one database's migrations, under Gatehouse's own folder. */
export function migrationsFolder(kind: DatabaseKind): string {
  return join(process.cwd(), 'prisma', 'migrations', kind)
}

/** Names of the migrations this version brings, oldest first. */
export async function migrationNames(kind: DatabaseKind): Promise<string[]> {
  const entries = await readdir(migrationsFolder(kind), { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/** The migrations with their SQL, in the form in which Prisma's engine takes them. */
export async function readMigrations(kind: DatabaseKind): Promise<MigrationList> {
  const folder = migrationsFolder(kind)
  const names = await migrationNames(kind)
  return {
    baseDir: folder,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(folder, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(join(folder, name, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  }
}
