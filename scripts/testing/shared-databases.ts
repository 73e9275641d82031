import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { withConnection } from '@/lib/data/connection'
import { applyMigrations } from '@/lib/data/migrations'
import { listenLocally } from './listen'
import { type Postgres, startPostgres } from './postgres'

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers, below it, the address of a migrated database of each kind. */
    migratedDatabases: string
  }
}

/**
 * For all files of tests of one run: a PostgreSQL server, and of each kind an empty, migrated database to be copied. Both
 * are made when the first test asks for one, so that tests without a database don't wait for it.
 */
export default async function shareDatabases(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-tests-'))
  let postgres: Promise<Postgres> | undefined
  const make: Record<string, () => Promise<string>> = {
    '/sqlite': () => migrated(`file:${join(folder, 'migrated.db')}`),
    '/postgresql': async () => {
      postgres ??= startPostgres()
      const { url } = await postgres
      await withConnection(url, (connection) => connection.executeScript('CREATE DATABASE migrated'))
      return migrated(new URL('migrated', url).href)
    },
  }
  const made: Record<string, Promise<string>> = {}
  const server = createServer(async ({ url = '' }, response) => {
    try {
      made[url] ??= make[url]?.() ?? Promise.reject(new Error(`There is no database ${url}`))
      response.end(await made[url])
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  })
  project.provide('migratedDatabases', `http://127.0.0.1:${await listenLocally(server)}`)
  return async () => {
    server.close()
    await (await postgres)?.stop()
    rmSync(folder, { recursive: true })
  }
}

async function migrated(url: string): Promise<string> {
  await applyMigrations(url)
  return url
}
