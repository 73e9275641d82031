// The whole Prisma schema of each database: a header, then prisma/models.prisma.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const DATABASE_KINDS = /** @type {const} */ (['sqlite', 'postgresql'])

/**
 * The schema of one database, header included.
 * @param {string} kind one of DATABASE_KINDS
 */
export function schemaFor(kind) {
  const models = readFileSync(fileURLToPath(new URL('../prisma/models.prisma', import.meta.url)), 'utf8')
  return `generator client {
  provider     = "prisma-client"
  output       = "./client"
  moduleFormat = "esm"
}

datasource db {
  provider = "${kind}"
}

${models}`
}
